//! Reports of `render --dry-run`: what would be written.

use serde::Serialize;

use super::diff::Diff;
use super::text::painted;
use super::{DriftKind, DriftedFile};
use crate::diagnostic::Diagnostic;
use crate::prose::count;
use crate::report::envelope;
use crate::report::findings::{self, Finding};
use crate::report::style::{Role, Style};
use crate::report::workflow_command::WorkflowCommand;
use crate::source::Sources;

/// What `render` would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The files that it would write or remove.
    pub files: Vec<DriftedFile>,
    /// How many files it would leave as they are.
    pub unchanged: usize,
}

#[derive(Serialize)]
struct Body<'a> {
    findings: Vec<Finding<'a>>,
    dry_run: bool,
    written: Vec<File<'a>>,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    kind: &'static str,
    diff: Option<String>,
}

/// What would happen to a file, as the last part of a sentence, and the word for it in JSON.
fn action(file: &DriftedFile) -> (Role, &'static str, &'static str) {
    match file.kind {
        DriftKind::Missing { .. } => (Role::Added, "would create", "created"),
        DriftKind::Changed { .. } | DriftKind::LineEndings => (Role::Added, "would update", "updated"),
        DriftKind::Orphaned => (Role::Removed, "would remove", "removed"),
    }
}

/// The whole diff of each file, and a summary.
pub fn text(style: Style, planned: &Planned) -> String {
    let mut out = String::new();
    for file in &planned.files {
        let (role, verb, _) = action(file);
        out += &format!("{} {}\n", style.paint(role, verb), style.charset.sanitize(&file.path));
        let lines = Diff::of(file).into_iter().flat_map(|diff| diff.lines);
        out.extend(lines.map(|line| painted(style, &line)));
        out.push('\n');
    }
    out + &summary(planned) + "\n"
}

/// The same document as that of `render`, with the key `dry_run` and the diffs, and without unchanged files.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn json(sources: &Sources, findings: &[Diagnostic], planned: &Planned) -> String {
    let findings = findings::by_place(findings);
    let file = |file: &'_ DriftedFile| Diff::of(file).map(|diff| diff.lines.join("\n") + "\n");
    let written = planned.files.iter().map(|it| File { path: &it.path, kind: action(it).2, diff: file(it) });
    envelope::document(&Body {
        findings: findings.iter().map(|finding| findings::finding(sources, finding)).collect(),
        dry_run: true,
        written: written.collect(),
        files: findings::files(sources, &findings, &[]),
    })
}

/// The findings, then the summary.
///
/// # Panics
/// As [`json`].
pub fn github(sources: &Sources, findings: &[Diagnostic], planned: &Planned) -> String {
    let notice = WorkflowCommand::new("notice").property("title", "render").message(&summary(planned));
    findings::github(sources, findings) + &notice
}

/// `nothing was written: 2 files would be written, 1 removed, 12 unchanged`, or `up to date: 12 files unchanged, nothing to write`.
fn summary(planned: &Planned) -> String {
    if planned.files.is_empty() {
        return format!("up to date: {} unchanged, nothing to write", count(planned.unchanged, "file"));
    }
    let removed = planned.files.iter().filter(|file| file.kind == DriftKind::Orphaned).count();
    let written = count(planned.files.len() - removed, "file");
    format!("nothing was written: {written} would be written, {removed} removed, {} unchanged", planned.unchanged)
}
