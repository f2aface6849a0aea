//! Findings for people.

use super::{by_place, snippet};
use crate::diagnostic::{Diagnostic, Severity};
use crate::prose::count;
use crate::report::style::{Role, Style};
use crate::source::Sources;

/// The findings by place, and how many there are. Empty if there are none.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn text(style: Style, sources: &Sources, findings: &[Diagnostic]) -> String {
    let findings = by_place(findings);
    let mut out: String = findings.iter().map(|finding| snippet::render(style, sources, finding) + "\n\n").collect();
    if let Some(worst) = findings.iter().map(|finding| finding.severity).max() {
        out += &style.headline(Role::Severity(worst), &worst.to_string(), &counts(&findings));
    }
    out
}

/// `1 error, 2 warnings`.
fn counts(findings: &[&Diagnostic]) -> String {
    let severities =
        [(Severity::Error, "error", ""), (Severity::Warning, "warning", ""), (Severity::Advice, "piece", " of advice")];
    let counts = severities.map(|(severity, noun, rest)| {
        let n = findings.iter().filter(|finding| finding.severity == severity).count();
        (n > 0).then(|| count(n, noun) + rest)
    });
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
