//! The code of a finding, and the page about it.

use std::fmt;

use super::Severity;

/// What kind of finding it is: the name that users see, waive and look up, and the page that explains it.
#[derive(Debug)]
pub struct Code {
    /// Its name, after the fault, for example `unknown-key`.
    pub name: &'static str,
    /// How much a finding weighs. An error stops generation and cannot be waived.
    pub severity: Severity,
    /// What it finds, in a sentence.
    pub what: &'static str,
    /// Why that is a fault.
    pub why: &'static str,
    /// Something in which it is found.
    pub bad: Example,
    /// The same without the fault.
    pub good: Example,
    /// The page it follows.
    pub source: &'static str,
    /// Whether it is about what a spec claims of itself (`assert`, `expect`): the output is as good with such an error as
    /// without it.
    pub is_claim: bool,
}

/// An example on the page of a code. Specs and policies are run as tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// A platform spec.
    Spec(&'static str),
    /// A situation that takes more than one file, in words.
    Words(&'static str),
    /// None.
    Nothing,
}

impl Code {
    /// Whether a finding stops generation.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
