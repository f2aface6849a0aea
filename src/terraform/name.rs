//! Names in Terraform code: of arguments, blocks, resources, variables and functions.

use std::borrow::Cow;
use std::fmt;

/// An identifier: an ASCII letter or `_`, then letters, digits, `_` and `-`.
///
/// HCL also allows letters beyond ASCII, but ecrgen does not need them. Block labels are names too: Terraform accepts
/// nothing else for a resource, variable or output, and `terraform fmt` deletes a label that contains `$` or `%`
/// (hashicorp/terraform#35417).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Cow<'static, str>);

/// The error for a text that is not an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAName(pub String);

impl Name {
    /// Converts the text if it is an identifier.
    ///
    /// # Errors
    /// When it is not.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotAName> {
        let text = text.into();
        if is_identifier(&text) { Ok(Name(Cow::Owned(text))) } else { Err(NotAName(text)) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the text is an identifier as [`Name`] describes it.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

impl From<&'static str> for Name {
    /// Converts a constant. Text from elsewhere goes through [`Name::parse`].
    ///
    /// # Panics
    /// When it is not an identifier.
    fn from(text: &'static str) -> Self {
        assert!(is_identifier(text), "{}", NotAName(text.to_owned()));
        Name(Cow::Borrowed(text))
    }
}

impl From<String> for Name {
    /// Converts a computed name, which is known to be valid.
    ///
    /// # Panics
    /// When it is not an identifier.
    fn from(text: String) -> Self {
        Name::parse(text).unwrap_or_else(|error| panic!("{error}"))
    }
}

impl From<&Name> for Name {
    fn from(name: &Name) -> Self {
        name.clone()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotAName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} is not a Terraform identifier: use letters, digits, `_` and `-`, starting with a letter or `_`",
            self.0
        )
    }
}

impl std::error::Error for NotAName {}
