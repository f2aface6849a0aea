//! Findings as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::by_place;
use crate::diagnostic::{Diagnostic, Suggestion};
use crate::report::envelope;
use crate::report::place::Place;
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct Body<'a> {
    findings: Vec<Finding<'a>>,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
pub(in crate::report) struct Finding<'a> {
    severity: String,
    code: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Location<'a>,
    labels: Vec<Labeled<'a>>,
    help: Option<&'a str>,
    suggestion: Option<Suggested<'a>>,
    path: &'a str,
    environments: &'a [String],
    more: usize,
}

#[derive(Serialize)]
struct Suggested<'a> {
    message: &'a str,
    safe: bool,
    edits: Vec<Labeled<'a>>,
}

#[derive(Serialize)]
struct Labeled<'a> {
    #[serde(flatten)]
    place: Location<'a>,
    text: &'a str,
}

/// Lines and columns start at 1, columns count characters, and the end is one past the last character. Null without a
/// place.
#[derive(Clone, Copy, Default, Serialize)]
struct Location<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// One document with all findings, ordered by place.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn json(sources: &Sources, findings: &[Diagnostic]) -> String {
    let findings = by_place(findings);
    envelope::document(&Body {
        findings: findings.iter().map(|finding| self::finding(sources, finding)).collect(),
        files: files(sources, &findings, &[]),
    })
}

/// The names of the files that contain the findings and the other spans, in the order in which they were read.
pub(in crate::report) fn files<'a>(sources: &'a Sources, findings: &[&Diagnostic], spans: &[Span]) -> Vec<&'a str> {
    let labels = findings.iter().flat_map(|finding| &finding.labels).map(|label| label.span);
    let files: BTreeMap<u32, &str> =
        labels.chain(spans.iter().copied()).map(|span| (span.file, sources.file(span.file).name.as_str())).collect();
    files.into_values().collect()
}

pub(in crate::report) fn finding<'a>(sources: &'a Sources, finding: &'a Diagnostic) -> Finding<'a> {
    let placed = |span, text| Labeled { place: location(sources, span), text };
    let labels: Vec<_> = finding.labels.iter().map(|label| placed(label.span, label.text.as_str())).collect();
    let suggested = |suggestion: &'a Suggestion| Suggested {
        message: &suggestion.message,
        safe: suggestion.safe,
        edits: suggestion.edits.iter().map(|edit| placed(edit.span, edit.text.as_str())).collect(),
    };
    Finding {
        severity: finding.severity.to_string(),
        code: finding.code.name,
        message: &finding.message,
        place: labels.first().map(|primary| primary.place).unwrap_or_default(),
        labels,
        help: finding.help.as_deref(),
        suggestion: finding.suggestion.as_deref().map(suggested),
        path: &finding.path,
        environments: finding.environments(),
        more: finding.more(),
    }
}

fn location(sources: &Sources, span: Span) -> Location<'_> {
    let place = Place::of(sources, span);
    Location {
        file: Some(place.file),
        line: Some(place.line),
        column: Some(place.column),
        end_line: Some(place.end_line),
        end_column: Some(place.end_column),
    }
}
