//! Fixes that a program can apply.

use crate::source::{Edit, Span};

/// A fix for a finding that a program can apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What the fix does, as an imperative.
    pub message: String,
    /// The edits that make up the fix.
    pub edits: Vec<Edit>,
    /// Whether it can be applied without review, because the output stays as intended.
    pub safe: bool,
}

impl Suggestion {
    /// Replaces a word in a spec with the one that the author probably intended, and keeps the quotes around it.
    ///
    /// `place` is the place of the word as written in YAML. Returns `None` if escapes or line breaks make it unclear
    /// which bytes belong to the word. Never safe, because the intended word is a guess.
    pub fn replacement(place: Span, word: &str, intended: &str) -> Option<Self> {
        let span = place.without_quotes(word)?;
        let text = if span == place { unquoted(intended) } else { intended.to_owned() };
        let message = format!("replace `{word}` with `{intended}`");
        Some(Suggestion { message, edits: vec![Edit { span, text }], safe: false })
    }
}

/// A name to write where the YAML has no quotes. It gets quotes if YAML would otherwise not read it as text.
fn unquoted(name: &str) -> String {
    let is_value = ["true", "false", "null", "none"].contains(&name.to_ascii_lowercase().as_str());
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_value {
        true => name.to_owned(),
        false => format!("\"{name}\""),
    }
}
