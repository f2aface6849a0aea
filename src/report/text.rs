//! Reports for people.

use std::fmt::Write;

use super::diff::Diff;
use super::files::{Action, Drift, DriftedFile, WrittenFile, count, summary};
use super::place::Place;
use super::snippet;
use super::style::{Role, Style};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// Lines of a diff that are shown of each file.
const DIFF_LINES: usize = 40;

pub(super) fn findings(style: Style, sources: &Sources, findings: &[&Diagnostic]) -> String {
    let mut out: String = findings.iter().map(|finding| snippet::render(style, sources, finding) + "\n\n").collect();
    if let Some(worst) = findings.iter().map(|finding| finding.severity).max() {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let counts = [
            count(of(Severity::Error), "error"),
            count(of(Severity::Warning), "warning"),
            count(of(Severity::Advice), "piece") + " of advice",
        ];
        let counts: Vec<_> = counts.into_iter().filter(|count| !count.starts_with("0 ")).collect();
        headline(&mut out, style, Role::Severity(worst), &worst.to_string(), &counts.join(", "));
    }
    out
}

pub(super) fn drift(style: Style, sources: &Sources, findings: &[&Diagnostic], drift: &Drift) -> String {
    let mut out = preamble(style, sources, findings);
    if drift.files.is_empty() {
        return out + &drift.summary() + "\n";
    }
    out.extend(drift.files.iter().map(|file| drifted(style, sources, file) + "\n"));
    headline(&mut out, style, Role::Severity(Severity::Error), "error", &drift.summary());
    headline(&mut out, style, Role::Help, "help", &style.charset.disarm_lines(&drift.remedy));
    out
}

fn drifted(style: Style, sources: &Sources, file: &DriftedFile) -> String {
    let mut out = String::new();
    let sentence = format!("{} {}", style.charset.disarm(&file.path), file.kind.predicate());
    headline(&mut out, style, Role::Severity(Severity::Error), file.kind.word(), &sentence);
    if let Some(origin) = file.origin {
        let place = Place::of(sources, origin);
        let _ = writeln!(out, "  made from {}:{}", style.charset.disarm(place.file), place.line);
    }
    for line in Diff::of(file).into_iter().flat_map(|diff| diff.cut(DIFF_LINES)) {
        let line = style.charset.disarm(&line);
        let painted = match line.as_bytes().first() {
            Some(b'+') => style.paint(Role::Added, &line),
            Some(b'-') => style.paint(Role::Removed, &line),
            Some(b'@') => style.paint(Role::Hunk, &line),
            _ => line,
        };
        out.push_str(&painted);
        out.push('\n');
    }
    out
}

pub(super) fn written(style: Style, sources: &Sources, findings: &[&Diagnostic], files: &[WrittenFile]) -> String {
    let mut out = preamble(style, sources, findings);
    for file in files {
        let (role, verb) = match file.action {
            Action::Created | Action::Updated => (Role::Added, "wrote"),
            Action::Removed => (Role::Removed, "removed"),
            Action::Unchanged => continue,
        };
        let _ = writeln!(out, "{} {}", style.paint(role, verb), style.charset.disarm(&file.path));
    }
    out + &summary(files) + "\n"
}

/// The findings, set off from what follows.
fn preamble(style: Style, sources: &Sources, findings: &[&Diagnostic]) -> String {
    if findings.is_empty() { String::new() } else { self::findings(style, sources, findings) + "\n" }
}

/// `error: 3 errors`: the first words in colour.
fn headline(out: &mut String, style: Style, role: Role, word: &str, sentence: &str) {
    let _ = writeln!(out, "{}: {sentence}", style.paint(role, word));
}
