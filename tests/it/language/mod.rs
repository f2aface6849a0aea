//! The spec language: which documents it accepts, how files are merged, and its JSON Schema.

pub mod accepted;
mod agreement;
mod descriptions;
mod editor;
pub mod judge;
mod keys;
mod merge;
mod names;
mod other_file;
mod overrides;
mod random;
mod refused;
mod schema;
