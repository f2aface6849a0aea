//! The name of a statement.

use std::fmt;
use std::str::FromStr;

/// The name of a statement, made of ASCII letters and digits (IAM User Guide, "IAM JSON policy elements: Sid"). ECR also takes
/// spaces and colons in repository policies; [`Sid::is_plain`] tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sid(String);

/// The text contains something other than ASCII letters, digits, spaces and colons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSid;

impl Sid {
    /// Whether it only contains letters and digits, which are valid in every policy.
    pub fn is_plain(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }
}

impl FromStr for Sid {
    type Err = InvalidSid;

    fn from_str(text: &str) -> Result<Self, InvalidSid> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b':');
        if text.bytes().all(is_allowed) { Ok(Sid(text.to_owned())) } else { Err(InvalidSid) }
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
