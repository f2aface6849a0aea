//! The owner of generated files: a platform's name that can be part of a file name and of a comment.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::path::is_device;
use super::text::parsed_text;

/// At most 64 lowercase letters, digits, `-` and `_`, starting with a letter or digit: a valid file name on every file
/// system, and the same one on each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Owner(String);

/// The error for a text that is not an [`Owner`]. Holds the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadOwner(pub String);

impl Owner {
    /// Parses a platform's name.
    ///
    /// # Errors
    /// When it does not have the form that [`Owner`] describes.
    pub fn parse(text: &str) -> Result<Owner, BadOwner> {
        let good = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        let starts_well = text.starts_with(|first: char| first.is_ascii_alphanumeric());
        if text.len() <= 64 && starts_well && text.bytes().all(good) && !is_device(text) {
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
        if is_device(&self.0) {
            return write!(f, "{:?} is not a valid platform name: Windows reserves it for a device", self.0);
        }
        write!(f, "{:?} is not a valid platform name: use at most 64 lowercase letters, digits, `-` and `_`", self.0)
    }
}
