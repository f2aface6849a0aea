//! What we refuse or advise against: one file a rule, one visible list.
//!
//! A rule is a value. Its bad and good examples are its documentation, and its test: the bad one must
//! be found, the good one must not.

mod access;
mod deletion;
mod policies;
pub mod providers;
mod retention;
mod trust;
pub mod waiver;

use crate::diagnostic::{Code, Diagnostic};
use crate::platform::Platform;
use crate::policies::Policies;
use crate::source::Span;

/// A rule.
pub struct Rule {
    /// Its name, its weight and its page. An error is what AWS would refuse, or what lets anyone in; it cannot be waived.
    pub code: Code,
    /// Its findings.
    pub check: fn(&Facts) -> Vec<Finding>,
}

/// What rules judge.
pub struct Facts<'p> {
    /// The platform.
    pub platform: &'p Platform,
    /// Its policies.
    pub policies: &'p Policies<'p>,
}

/// A finding of a rule.
pub type Finding = Diagnostic;

impl Rule {
    /// A finding at one place.
    fn finding(&'static self, span: Span, message: impl Into<String>) -> Finding {
        Diagnostic::new(&self.code, span, message)
    }
}

/// All rules, subject by subject.
pub static RULES: &[&[&Rule]] =
    &[access::RULES, deletion::RULES, policies::RULES, providers::RULES, retention::RULES, trust::RULES];

/// All rules, one by one.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().flatten().copied()
}

/// All findings about a platform, waived or not.
pub fn check<'p>(policies: &'p Policies<'p>) -> Vec<Diagnostic> {
    let facts = Facts { platform: policies.platform, policies };
    all().flat_map(|rule| (rule.check)(&facts)).collect()
}
