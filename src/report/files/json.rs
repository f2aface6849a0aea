//! Reports about generated files as JSON.

use serde::Serialize;

use super::diff::Diff;
use super::{Action, Drift, DriftedFile, WrittenFile};
use crate::diagnostic::Diagnostic;
use crate::report::envelope;
use crate::report::findings::{Finding, by_place, files, finding};
use crate::report::place::Place;
use crate::source::{Sources, Span};

#[derive(Serialize)]
struct DriftBody<'a> {
    findings: Vec<Finding<'a>>,
    checked: usize,
    drift: Vec<Drifted<'a>>,
    remedy: &'a str,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
struct WrittenBody<'a> {
    findings: Vec<Finding<'a>>,
    written: Vec<Written<'a>>,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
struct Drifted<'a> {
    path: &'a str,
    kind: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    cause: Option<&'a str>,
    diff: Option<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    path: &'a str,
    kind: &'static str,
}

/// The report of `check`: the findings (may be empty), and the files that do not match the spec.
///
/// # Panics
/// If a span names a file that `sources` does not hold.
pub fn drift(sources: &Sources, findings: &[Diagnostic], drift: &Drift) -> String {
    let findings = by_place(findings);
    let origins: Vec<Span> = drift.files.iter().filter_map(|file| file.origin).collect();
    envelope::document(&DriftBody {
        findings: findings.iter().map(|finding| self::finding(sources, finding)).collect(),
        checked: drift.checked,
        drift: drift.files.iter().map(|file| drifted(sources, file)).collect(),
        remedy: &drift.remedy,
        files: files(sources, &findings, &origins),
    })
}

fn drifted<'a>(sources: &'a Sources, file: &'a DriftedFile) -> Drifted<'a> {
    let place = file.origin.map(|origin| Place::of(sources, origin));
    Drifted {
        path: &file.path,
        kind: file.kind.word(),
        file: place.map(|place| place.file),
        line: place.map(|place| place.line),
        cause: file.cause.as_deref(),
        diff: Diff::of(file).map(|diff| diff.lines.join("\n") + "\n"),
    }
}

/// The report of `render`: the findings (may be empty), and what happened to each file.
///
/// # Panics
/// As [`drift`].
pub fn written(sources: &Sources, findings: &[Diagnostic], written: &[WrittenFile]) -> String {
    let findings = by_place(findings);
    envelope::document(&WrittenBody {
        findings: findings.iter().map(|finding| self::finding(sources, finding)).collect(),
        written: written.iter().map(|file| Written { path: &file.path, kind: word(file.action) }).collect(),
        files: files(sources, &findings, &[]),
    })
}

fn word(action: Action) -> &'static str {
    match action {
        Action::Created => "created",
        Action::Updated => "updated",
        Action::Removed => "removed",
        Action::Unchanged => "unchanged",
    }
}
