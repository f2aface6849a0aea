//! Reports about generated files as text.

use std::fmt::Write;

use super::diff::Diff;
use super::{Action, Drift, DriftedFile, WrittenFile, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::findings;
use crate::report::place::Place;
use crate::report::style::{Role, Style};
use crate::source::Sources;

/// Maximum number of diff lines per file.
const DIFF_LINES: usize = 40;

/// The report of `check`: the findings (may be empty), then the files that do not match the spec.
///
/// # Panics
/// If a span names a file that `sources` does not hold.
pub fn drift(style: Style, sources: &Sources, findings: &[Diagnostic], drift: &Drift) -> String {
    let mut out = preamble(style, sources, findings);
    if drift.files.is_empty() {
        return out + &drift.summary() + "\n";
    }
    let (shown, more) = drift.shown();
    out.extend(shown.iter().map(|file| drifted(style, sources, file) + "\n"));
    out.extend(more.map(|more| format!("... {more}\n\n")));
    out += &style.headline(Role::Severity(Severity::Error), "error", &drift.summary());
    out + &style.headline(Role::Help, "help", &style.charset.sanitize_lines(&drift.remedy))
}

fn drifted(style: Style, sources: &Sources, file: &DriftedFile) -> String {
    let sentence = format!("{} {}", style.charset.sanitize(&file.path), file.kind.predicate());
    let mut out = style.headline(Role::Severity(Severity::Error), file.kind.word(), &sentence);
    if let Some(origin) = file.origin {
        let place = Place::of(sources, origin);
        let _ = writeln!(out, "  generated from {}:{}", style.charset.sanitize(place.file), place.line);
    }
    for line in Diff::of(file).into_iter().flat_map(|diff| diff.cut(DIFF_LINES)) {
        out += &painted(style, &line);
    }
    out
}

/// A line of a diff.
pub(super) fn painted(style: Style, line: &str) -> String {
    let line = style.charset.sanitize(line);
    let painted = match line.as_bytes().first() {
        Some(b'+') => style.paint(Role::Added, &line),
        Some(b'-') => style.paint(Role::Removed, &line),
        Some(b'@') => style.paint(Role::Hunk, &line),
        _ => line,
    };
    painted + "\n"
}

/// The report of `render`: the findings (may be empty), then the files written and removed.
///
/// # Panics
/// As [`drift`].
pub fn written(style: Style, sources: &Sources, findings: &[Diagnostic], files: &[WrittenFile]) -> String {
    let mut out = preamble(style, sources, findings);
    for file in files {
        let (role, verb) = match file.action {
            Action::Created | Action::Updated => (Role::Added, "wrote"),
            Action::Removed => (Role::Removed, "removed"),
            Action::Unchanged => continue,
        };
        let _ = writeln!(out, "{} {}", style.paint(role, verb), style.charset.sanitize(&file.path));
    }
    out + &summary(files) + "\n"
}

/// The findings, followed by an empty line.
fn preamble(style: Style, sources: &Sources, findings: &[Diagnostic]) -> String {
    if findings.is_empty() { String::new() } else { findings::text(style, sources, findings) + "\n" }
}
