//! All integration tests, one module a room.

mod cli;
mod cli_errors;
mod escape;
mod guard;
mod harness;
mod iam;
mod inventory;
mod language;
mod lifecycle;
mod limits;
mod output;
mod permissions;
mod policies;
mod report;
mod resolving;
mod resource_policies;
mod rules;
mod simulation;
mod terraform;
mod tree;
mod twin;
