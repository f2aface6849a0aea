//! All integration tests, one module a room.

mod harness;
mod iam;
mod lifecycle;
mod report;
mod terraform;
mod tree;
