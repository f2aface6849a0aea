//! Findings for GitHub Actions: annotations in the pull request.

use super::by_place;
use super::remarks::remarks;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::place::Place;
use crate::report::workflow_command::WorkflowCommand;
use crate::source::Sources;

/// One workflow command per finding, ordered by place.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn github(sources: &Sources, findings: &[Diagnostic]) -> String {
    by_place(findings).into_iter().map(|finding| annotation(sources, finding)).collect()
}

fn annotation(sources: &Sources, finding: &Diagnostic) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut command = WorkflowCommand::new(name);
    let mut message = finding.message.clone();
    if let Some(primary) = finding.labels.first() {
        command = command.at(Place::of(sources, primary.span));
    }
    for (index, label) in finding.labels.iter().enumerate().filter(|(_, label)| !label.text.is_empty()) {
        let place = Place::of(sources, label.span);
        match index {
            0 => message += &format!(": {}", label.text),
            _ => message += &format!("\n{}:{}: {}", place.file, place.line, label.text),
        }
    }
    for remark in remarks(finding) {
        message += &format!("\nnote: {remark}");
    }
    if let Some(help) = &finding.help {
        message += &format!("\nhelp: {help}");
    }
    command.property("title", finding.code.name).message(&message)
}
