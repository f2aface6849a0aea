//! The spec language: what it takes, how files merge, and its JSON Schema.

mod accepted;
mod agreement;
mod judge;
mod merge;
mod random;
mod refused;
mod schema;
