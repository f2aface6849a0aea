//! The spec language: what it takes, how files merge, and its JSON Schema.

mod agreement;
mod documents;
mod judge;
mod merge;
mod random;
mod schema;
