//! The code of a finding, and the page that explains it.

use std::fmt;

use super::Severity;

/// A kind of finding: the name that users see, waive and look up, and the page that explains it.
#[derive(Debug)]
pub struct Code {
    /// Name of the fault, for example `unknown-key`.
    pub name: &'static str,
    /// Severity of the findings. An error stops generation and cannot be waived.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub what: &'static str,
    /// Why that is a fault, and what would happen.
    pub why: &'static str,
    /// An example that has the finding.
    pub bad: Example,
    /// The same example without the fault.
    pub good: Example,
    /// The documentation that it is based on.
    pub source: &'static str,
    /// Whether the finding is about a claim that the spec makes about itself (`assert`, `expect`). The output does not
    /// depend on whether the claim is true.
    pub is_claim: bool,
}

/// An example on the page of a code. The tests compile every spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// A platform spec.
    Spec(&'static str),
    /// A description in words, for a situation that one spec cannot show.
    Words(&'static str),
}

impl Code {
    /// Whether findings with this code stop generation.
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
