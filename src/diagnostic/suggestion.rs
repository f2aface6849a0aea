//! A way out of a finding that a program can take.

use crate::source::{Edit, Span};

/// A way out of a finding that a program can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it does, as an imperative.
    pub message: String,
    /// The edits that do it.
    pub edits: Vec<Edit>,
    /// Whether it can be applied without being looked at: the output stays as it was meant.
    pub safe: bool,
}

impl Suggestion {
    /// Replaces a word of a spec with the one that was probably meant, and leaves the quotes around it as they are.
    ///
    /// `place` is that of the word as YAML writes it. `None` where escapes or line breaks hide which bytes are the word.
    /// Never safe: which word was meant is a guess.
    pub fn replacement(place: Span, word: &str, meant: &str) -> Option<Self> {
        let span = place.without_quotes(word)?;
        let text = if span == place { unquoted(meant) } else { meant.to_owned() };
        let message = format!("replace `{word}` with `{meant}`");
        Some(Suggestion { message, edits: vec![Edit { span, text }], safe: false })
    }
}

/// A name where YAML has no quotes: in quotes if it would be a number or another value than text without them.
fn unquoted(name: &str) -> String {
    let is_value = ["true", "false", "null", "none"].contains(&name.to_ascii_lowercase().as_str());
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_value {
        true => name.to_owned(),
        false => format!("\"{name}\""),
    }
}
