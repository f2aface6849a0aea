//! All integration tests, one module a room.

mod iam;
mod lifecycle;
mod report;
