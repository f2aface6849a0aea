//! All integration tests, one module a room.

mod harness;
mod iam;
mod report;
