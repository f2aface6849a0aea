//! The answer to `--can`: whether a principal can perform an action on a repository.

mod json;
mod text;

pub use json::json;
pub use text::text;
