//! Reports for programs: JSON, whose keys stay and mean the same as long as `format_version` does.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::diff::Diff;
use super::files::{Drift, DriftedFile, WrittenFile};
use super::place::Place;
use super::style::is_deceptive;
use crate::diagnostic::{Diagnostic, Suggestion};
use crate::source::{Sources, Span};

/// Rises when a key goes away or changes its meaning; new keys may come at any time.
const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format_version: u32,
    findings: Vec<Finding<'a>>,
    #[serde(flatten)]
    outcome: Outcome<'a>,
    /// The specs that places of this document lie in.
    files: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome<'a> {
    Findings {},
    Drift { checked: usize, drift: Vec<Drifted<'a>>, remedy: &'a str },
    Written { written: &'a [WrittenFile] },
}

#[derive(Serialize)]
struct Finding<'a> {
    severity: String,
    code: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Location<'a>,
    labels: Vec<Labelled<'a>>,
    help: Option<&'a str>,
    suggestion: Option<Suggested<'a>>,
    path: &'a str,
}

#[derive(Serialize)]
struct Suggested<'a> {
    message: &'a str,
    safe: bool,
    edits: Vec<Labelled<'a>>,
}

#[derive(Serialize)]
struct Labelled<'a> {
    #[serde(flatten)]
    place: Location<'a>,
    text: &'a str,
}

/// Lines and columns from 1, columns in characters, the end one past the last character; null without a place.
#[derive(Clone, Copy, Default, Serialize)]
struct Location<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Drifted<'a> {
    path: &'a str,
    kind: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    diff: Option<String>,
}

pub(super) fn findings(sources: &Sources, findings: &[&Diagnostic]) -> String {
    document(sources, findings, Outcome::Findings {}, &[])
}

pub(super) fn drift(sources: &Sources, findings: &[&Diagnostic], drift: &Drift) -> String {
    let files = drift.files.iter().map(|file| drifted(sources, file)).collect();
    let outcome = Outcome::Drift { checked: drift.checked, drift: files, remedy: &drift.remedy };
    let origins: Vec<Span> = drift.files.iter().filter_map(|file| file.origin).collect();
    document(sources, findings, outcome, &origins)
}

pub(super) fn written(sources: &Sources, findings: &[&Diagnostic], written: &[WrittenFile]) -> String {
    document(sources, findings, Outcome::Written { written }, &[])
}

fn drifted<'a>(sources: &'a Sources, file: &'a DriftedFile) -> Drifted<'a> {
    let place = file.origin.map(|origin| Place::of(sources, origin));
    Drifted {
        path: &file.path,
        kind: file.kind.word(),
        file: place.map(|place| place.file),
        line: place.map(|place| place.line),
        diff: Diff::of(file).map(|diff| diff.lines.join("\n") + "\n"),
    }
}

fn document(sources: &Sources, findings: &[&Diagnostic], outcome: Outcome, origins: &[Span]) -> String {
    let labels = findings.iter().flat_map(|finding| &finding.labels).map(|label| label.span);
    let files: BTreeMap<u32, &str> =
        labels.chain(origins.iter().copied()).map(|span| (span.file, sources.file(span.file).name.as_str())).collect();
    let findings = findings.iter().map(|finding| self::finding(sources, finding)).collect();
    let document = Document { format_version: FORMAT_VERSION, findings, outcome, files: files.into_values().collect() };
    let json = serde_json::to_string_pretty(&document).expect("strings and numbers are always JSON");
    escape(&json) + "\n"
}

fn finding<'a>(sources: &'a Sources, finding: &'a Diagnostic) -> Finding<'a> {
    let placed = |span, text| Labelled { place: location(sources, span), text };
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

/// JSON may hold DEL, C1 controls and bidirectional marks as they are (RFC 8259, section 7), a terminal may not. They
/// can only stand inside strings, so the escape is right wherever one is found.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_deceptive(c) && c != '\n' {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}
