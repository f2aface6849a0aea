//! Reports about generated files as text.

use std::collections::HashMap;
use std::fmt::Write;

use super::diff::Diff;
use super::{Action, Drift, DriftKind, DriftedFile, WrittenFile, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::prose::count;
use crate::report::findings;
use crate::report::style::{Role, Style};
use crate::source::{Sources, Span};

/// The report of `check`: the findings (may be empty), then the files that do not match the spec. Files with the same cause
/// are listed together, and only the first diff is shown unless `full` is set.
///
/// # Panics
/// If a span names a file that `sources` does not hold.
pub fn drift(style: Style, sources: &Sources, findings: &[Diagnostic], drift: &Drift) -> String {
    let mut out = preamble(style, sources, findings);
    if drift.files.is_empty() {
        return out + &drift.summary() + "\n";
    }
    let (shown, more) = drift.shown();
    let mut diffs = if drift.full { usize::MAX } else { 1 };
    for files in together(shown) {
        out += &heading(style, sources, &files);
        for diff in files.iter().filter_map(|file| Diff::of(file)).take(diffs) {
            self::diff(style, diff, &mut out);
            diffs = diffs.saturating_sub(1);
        }
        out.push('\n');
    }
    out.extend(more.map(|more| format!("... {more}\n\n")));
    let hidden = drift.files.iter().filter(|file| file.kind != DriftKind::Orphaned).count().saturating_sub(1);
    if hidden > 0 && !drift.full {
        let _ = writeln!(out, "{} not shown; pass --full to see everything\n", count(hidden, "more diff"));
    }
    out += &style.headline(Role::Severity(Severity::Error), "error", &drift.summary());
    out + &style.headline(Role::Help, "help", &style.charset.sanitize_lines(&drift.remedy))
}

/// Changed files with the same cause; every other file is alone. The order is that of the first file of each group.
fn together(files: &[DriftedFile]) -> Vec<Vec<&DriftedFile>> {
    let mut groups: Vec<Vec<&DriftedFile>> = Vec::new();
    let mut of_cause: HashMap<Span, usize> = HashMap::new();
    for file in files {
        let cause = file.origin.filter(|_| matches!(file.kind, DriftKind::Changed { .. }));
        match cause.map(|cause| *of_cause.entry(cause).or_insert(groups.len())) {
            Some(group) if group < groups.len() => groups[group].push(file),
            _ => groups.push(vec![file]),
        }
    }
    groups
}

/// What is wrong with files that have the same cause, and where they come from.
fn heading(style: Style, sources: &Sources, files: &[&DriftedFile]) -> String {
    let first = files[0];
    let path = |file: &DriftedFile| style.charset.sanitize(&file.path);
    let sentence = match files.len() {
        1 => format!("{} {}", path(first), first.kind.predicate()),
        several => format!("{} do not match the spec", count(several, "file")),
    };
    let mut out = style.headline(Role::Severity(Severity::Error), first.kind.word(), &sentence);
    if let Some(source) = first.source(sources) {
        let _ = writeln!(out, "  generated from {}", style.charset.sanitize(&source));
    }
    for file in files.iter().filter(|_| files.len() > 1) {
        let _ = writeln!(out, "    {}", path(file));
    }
    out
}

fn diff(style: Style, diff: Diff, out: &mut String) {
    for line in diff.cut(usize::MAX) {
        *out += &painted(style, &line);
    }
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
