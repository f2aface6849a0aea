//! The answer to whether a principal can do something on a repository.

mod json;
mod text;

pub use json::json;
pub use text::text;
