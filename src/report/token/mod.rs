//! The answer to `--token`: which roles admit a token, and why the others do not.

mod causes;
mod changes;
mod json;
mod text;

pub use json::json;
pub use text::text;

/// A value of the token on one line.
fn on_one_line(value: &str) -> String {
    value.replace(['\n', '\r'], "\u{2424}")
}
