//! What ecrgen rejects or advises against: one file per rule, all listed in one place.
//!
//! A rule is a value. Its bad and good examples are both its documentation and its test: the rule must
//! report the bad one and must not report the good one.

mod access;
mod policies;
pub mod providers;
mod repositories;
mod retention;
mod trust;
pub mod waiver;

use crate::diagnostic::{Code, Diagnostic};
use crate::platform::Platform;
use crate::policies::Policies;
use crate::source::Span;

/// A rule.
pub struct Rule {
    /// Its name, severity and page. An error is something that AWS would reject or that grants access to anyone; errors
    /// cannot be waived.
    pub code: Code,
    /// Returns its findings.
    pub check: fn(&Facts) -> Vec<Finding>,
}

/// What rules check.
pub struct Facts<'p> {
    /// The platform.
    pub platform: &'p Platform,
    /// The platform's policies.
    pub policies: &'p Policies<'p>,
}

/// A finding of a rule.
pub type Finding = Diagnostic;

impl Rule {
    /// Creates a finding at one place.
    fn finding(&'static self, span: Span, message: impl Into<String>) -> Finding {
        Diagnostic::new(&self.code, span, message)
    }
}

/// All rules, grouped by subject.
pub static RULES: &[&[&Rule]] =
    &[access::RULES, policies::RULES, providers::RULES, repositories::RULES, retention::RULES, trust::RULES];

/// Iterates over all rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().flatten().copied()
}

/// Returns all findings about a platform, waived or not.
pub fn check<'p>(policies: &'p Policies<'p>) -> Vec<Diagnostic> {
    let facts = Facts { platform: policies.platform, policies };
    all().flat_map(|rule| (rule.check)(&facts)).map(|finding| with_defaults(finding, policies.platform)).collect()
}

/// Says so if a finding is about a lifecycle rule whose number a Terraform variable sets: rules judge its default.
fn with_defaults(finding: Finding, platform: &Platform) -> Finding {
    let Some(label) = finding.labels.first() else { return finding };
    let contains =
        |span: Span| span.file == label.span.file && span.start <= label.span.start && label.span.end <= span.end;
    let set_by_variable = platform
        .repositories
        .iter()
        .filter_map(|repository| repository.lifecycle.as_ref())
        .find_map(|lifecycle| lifecycle.variables.iter().find(|(rule, _)| contains(lifecycle.origins[**rule])));
    let Some((_, name)) = set_by_variable else { return finding };
    let note =
        format!("the number is the default of the variable `{}`, which can be set to another one", name.as_str());
    let help = finding.help.as_ref().map_or_else(|| note.clone(), |help| format!("{help}\n{note}"));
    finding.help(help)
}
