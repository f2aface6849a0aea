//! Whose files these are: a platform's name, fit to be part of a file name and of a comment.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::parsed_text;

/// Lowercase letters, digits, `-` and `_`, at most 64, the first a letter or digit: one file name on every file system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Owner(String);

/// Why a text is no [`Owner`]; holds the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadOwner(pub String);

impl Owner {
    /// Parses a platform's name.
    ///
    /// # Errors
    /// When it is not made as [`Owner`] says.
    pub fn parse(text: &str) -> Result<Owner, BadOwner> {
        let good = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        let starts_well = text.starts_with(|first: char| first.is_ascii_alphanumeric());
        if text.len() <= 64 && starts_well && text.bytes().all(good) {
            Ok(Owner(text.to_owned()))
        } else {
            Err(BadOwner(text.to_owned()))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

parsed_text!(Owner, BadOwner);

impl fmt::Display for BadOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} cannot name a platform: lowercase letters, digits, `-` and `_`, at most 64", self.0)
    }
}
