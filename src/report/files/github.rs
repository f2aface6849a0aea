//! Reports about generated files for GitHub Actions: annotations on the files or on the spec.

use super::diff::Diff;
use super::{Drift, DriftedFile, WrittenFile, summary};
use crate::diagnostic::Diagnostic;
use crate::report::findings;
use crate::report::place::Place;
use crate::report::workflow_command::WorkflowCommand;
use crate::source::Sources;

/// Maximum number of diff lines per file: the runner cuts a message at 4096 characters (`ExecutionContext.cs` of
/// actions/runner).
const DIFF_LINES: usize = 20;

/// The report of `check`: the findings (may be empty), then the files that do not match the spec.
///
/// # Panics
/// If a span names a file that `sources` does not hold.
pub fn drift(sources: &Sources, findings: &[Diagnostic], drift: &Drift) -> String {
    let findings = findings::github(sources, findings);
    if drift.files.is_empty() {
        return findings + &WorkflowCommand::new("notice").property("title", "check").message(&drift.summary());
    }
    let (shown, more) = drift.shown();
    let more = more.map(|more| {
        let message = format!("{}; not shown: {more}\n{}", drift.summary(), drift.remedy);
        WorkflowCommand::new("error").property("title", "check").message(&message)
    });
    let shown = shown.iter().map(|file| drifted(sources, file, &drift.remedy));
    findings + &shown.chain(more).collect::<String>()
}

/// Annotates the file, or the spec if the file does not exist. The remedy comes before the diff, because the runner may
/// cut the diff.
fn drifted(sources: &Sources, file: &DriftedFile, remedy: &str) -> String {
    let origin = file.origin.map(|origin| Place::of(sources, origin));
    let diff = Diff::of(file);
    let first_line = diff.as_ref().map_or(Some(1), |diff| diff.first_line);

    let mut command = WorkflowCommand::new("error");
    if let Some(line) = first_line {
        command = command.property("file", &file.path).property("line", &line.to_string());
    } else if let Some(place) = origin {
        command = command.at(place);
    }
    let mut message = format!("{} {}", file.path, file.kind.predicate());
    if let Some(source) = file.source(sources) {
        message += &format!("\ngenerated from {source}");
    }
    message += &format!("\n{remedy}");
    for line in diff.into_iter().flat_map(|diff| diff.cut(DIFF_LINES)) {
        message += &format!("\n{line}");
    }
    command.property("title", file.kind.word()).message(&message)
}

/// The report of `render`: the findings (may be empty), then the number of files written and removed.
///
/// # Panics
/// As [`drift`].
pub fn written(sources: &Sources, findings: &[Diagnostic], files: &[WrittenFile]) -> String {
    let notice = WorkflowCommand::new("notice").property("title", "render").message(&summary(files));
    findings::github(sources, findings) + &notice
}
