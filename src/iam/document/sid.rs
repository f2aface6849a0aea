//! The name of a statement.

use std::fmt;
use std::str::FromStr;

/// The name of a statement, made of ASCII letters and digits (IAM User Guide, "IAM JSON policy elements: Sid"). Some
/// services also allow spaces in their resource policies, but only letters and digits are valid everywhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sid(String);

/// The text contains something other than ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSid;

impl FromStr for Sid {
    type Err = InvalidSid;

    fn from_str(text: &str) -> Result<Self, InvalidSid> {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) { Ok(Sid(text.to_owned())) } else { Err(InvalidSid) }
    }
}

impl fmt::Display for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
