//! An error that is not about a spec: a file that cannot be read, or a question that cannot be answered.

use std::fmt;

use serde::Serialize;

use super::envelope;
use super::findings::{self, Finding};
use super::sarif::{InRepository, Log};
use super::style::{Role, Style};
use super::workflow_command::WorkflowCommand;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// What went wrong. Both texts may contain text from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// One sentence.
    pub message: String,
    /// Further sentences, one per line.
    pub details: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message, self.details.join("; "))
    }
}

impl std::error::Error for Failure {}

#[derive(Serialize)]
struct Body<'a> {
    error: &'a Failure,
    findings: Vec<Finding<'a>>,
    files: Vec<&'a str>,
}

/// How many details are printed.
const DETAILS: usize = 50;

/// The first details, and the number of the rest.
fn first(details: &[String]) -> Vec<String> {
    match details.len().saturating_sub(DETAILS) {
        0 => details.to_vec(),
        more => details[..DETAILS].iter().cloned().chain([format!("and {more} more")]).collect(),
    }
}

/// `error: MESSAGE`, with the details on further lines. A line end inside of a text is shown as a character.
pub fn text(style: Style, failure: &Failure) -> String {
    let details = first(&failure.details).into_iter();
    let details = details.map(|detail| format!("\n  {}", style.charset.sanitize(&detail)));
    let message = style.charset.sanitize(&failure.message) + &details.collect::<String>();
    style.headline(Role::Severity(Severity::Error), "error", &message)
}

/// A document with the key `error`, and the findings before the error.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn json(failure: &Failure, sources: &Sources, findings: &[Diagnostic]) -> String {
    let findings = findings::by_place(findings);
    envelope::document(&Body {
        error: failure,
        findings: findings.iter().map(|finding| findings::finding(sources, finding)).collect(),
        files: findings::files(sources, &findings, &[]),
    })
}

/// The annotations of the findings before the error, and one without a place.
///
/// # Panics
/// As [`json`].
pub fn github(failure: &Failure, sources: &Sources, findings: &[Diagnostic]) -> String {
    let command = WorkflowCommand::new("error").property("title", "ecrgen").message(&lines(failure));
    findings::github(sources, findings) + &command
}

/// A document with the findings before the error. The error is a notification, because it has no place in a file.
///
/// # Panics
/// As [`json`].
pub fn sarif(failure: &Failure, sources: &Sources, in_repository: &InRepository, findings: &[Diagnostic]) -> String {
    let mut log = Log::new(in_repository);
    findings::add_to_sarif(&mut log, sources, findings);
    log.notify(Severity::Error, &lines(failure));
    log.document()
}

fn lines(failure: &Failure) -> String {
    let lines: Vec<&str> = [&failure.message].into_iter().chain(&failure.details).map(String::as_str).collect();
    lines.join("\n")
}
