//! Reports of `access`: which principals can do what on which repositories.

mod json;
mod markdown;
mod text;
mod words;

pub use json::json;
pub use markdown::markdown;
pub use text::text;
pub(super) use words::unjudged;
