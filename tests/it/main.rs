//! All integration tests, one module a room.

mod access;
mod cli;
mod cli_errors;
mod guard;
mod harness;
mod iam;
mod inventory;
mod lifecycle;
mod limits;
mod output;
mod report;
mod resolving;
mod resource_policies;
mod rights;
mod rules;
mod simulate;
mod spec;
mod terraform;
mod tree;
mod twin;
