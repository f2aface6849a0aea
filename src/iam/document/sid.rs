//! The name of a statement.

use std::fmt;
use std::str::FromStr;

/// The name of a statement: ASCII letters and digits (IAM User Guide, "IAM JSON policy elements: Sid"). Resource
/// policies of some services admit spaces too; this is what every service admits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sid(String);

/// The text holds something else than ASCII letters and digits.
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
