//! Findings as SARIF.

use std::collections::BTreeMap;

use super::by_place;
use super::remarks::remarks;
use crate::diagnostic::{Diagnostic, Suggestion};
use crate::report::place::Place;
use crate::report::sarif::{Alert, At, Change, InRepository, LineHashes, Log, Region, Related, Rule};
use crate::source::{Sources, Span};

/// One document with all findings, ordered by place.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn sarif(sources: &Sources, in_repository: &InRepository, findings: &[Diagnostic]) -> String {
    let mut log = Log::new(in_repository);
    add(&mut log, sources, findings);
    log.document()
}

/// Adds all findings to a document, ordered by place.
pub(in crate::report) fn add(log: &mut Log, sources: &Sources, findings: &[Diagnostic]) {
    let mut hashes = BTreeMap::new();
    for finding in by_place(findings) {
        let primary = finding.place();
        let text = text(finding);
        // GitHub rejects a result without a place, so a finding about the disk is shown at the start of the first spec.
        let start = || Some(At { file: &sources.first()?.name, region: Region::of_line(1) });
        let Some(at) = primary.map(|span| at(sources, span)).or_else(start) else {
            log.notify(finding.severity, &text);
            continue;
        };
        let file = primary.map_or(0, |span| span.file);
        let hashes = hashes.entry(file).or_insert_with(|| LineHashes::of(&sources.file(file).text));
        let related = finding.labels.iter().skip(1);
        log.push(Alert {
            rule: Rule::of(finding.code),
            severity: finding.severity,
            message: text,
            at,
            element: &finding.path,
            related: related.map(|it| Related { at: self::at(sources, it.span), text: it.text.clone() }).collect(),
            fingerprint: hashes.line(at.region.start_line),
            fix: finding.suggestion.as_deref().map(|suggestion| change(sources, suggestion)),
        });
    }
}

/// The message and everything that belongs to it, except for the other places.
fn text(finding: &Diagnostic) -> String {
    let label = finding.labels.first().filter(|label| !label.text.is_empty());
    let label = label.map(|label| format!(": {}", label.text)).unwrap_or_default();
    let remarks = remarks(finding).into_iter().map(|remark| format!("\nnote: {remark}"));
    let help = finding.help.iter().map(|help| format!("\nhelp: {help}"));
    [finding.message.clone(), label].into_iter().chain(remarks).chain(help).collect()
}

fn change<'a>(sources: &'a Sources, suggestion: &'a Suggestion) -> Change<'a> {
    let edits = suggestion.edits.iter();
    Change {
        message: &suggestion.message,
        is_safe: suggestion.safe,
        replacements: edits.map(|edit| (at(sources, edit.span), edit.text.as_str())).collect(),
    }
}

fn at(sources: &Sources, span: Span) -> At<'_> {
    Place::of(sources, span).into()
}
