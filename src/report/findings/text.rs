//! Findings as text.

use std::collections::BTreeSet;

use super::{by_place, snippet};
use crate::diagnostic::{Diagnostic, Severity};
use crate::prose::{count, few};
use crate::report::style::{Role, Style};
use crate::source::Sources;

/// The findings ordered by place, and their number. Empty if there are none.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn text(style: Style, sources: &Sources, findings: &[Diagnostic]) -> String {
    let findings = by_place(findings);
    let mut out: String = findings.iter().map(|finding| snippet::render(style, sources, finding) + "\n\n").collect();
    if !findings.is_empty() {
        out += &summary(style, sources, &findings);
    }
    out
}

/// `error: could not compile ecrgen.yaml: 1 error, 2 warnings`, or `2 warnings, 1 note` without errors.
fn summary(style: Style, sources: &Sources, findings: &[&Diagnostic]) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let files: BTreeSet<u32> = errors.clone().filter_map(|error| Some(error.place()?.file)).collect();
    let names: Vec<_> = files.iter().map(|file| style.charset.sanitize(&sources.file(*file).name)).collect();
    let counts = counts(findings);
    if errors.count() == 0 {
        return counts + "\n";
    }
    let message = match names.is_empty() {
        true => format!("found {counts}"),
        false => format!("could not compile {}: {counts}", few(names.iter().map(String::as_str), 3)),
    };
    style.headline(Role::Severity(Severity::Error), "error", &message)
}

/// `1 error, 2 warnings`.
fn counts(findings: &[&Diagnostic]) -> String {
    let severities = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = severities.map(|(severity, noun)| {
        let n = findings.iter().filter(|finding| finding.severity == severity).count();
        (n > 0).then(|| count(n, noun))
    });
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
