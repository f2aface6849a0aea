//! How findings and differences look: one function a command, each returning what goes to standard output.
//!
//! All text that comes from outside (specs, files on disk, paths) is disarmed before it reaches a terminal or a log:
//! see [`Style`]. Nothing here reads, writes or asks the environment.

mod diff;
mod files;
mod github;
mod json;
mod place;
mod snippet;
mod style;
mod text;

use std::cmp::Reverse;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

pub use files::{Action, Drift, DriftKind, DriftedFile, WrittenFile};
pub use style::{Charset, Colour, Style};

/// For whom the report is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// People at a terminal
    #[default]
    Text,
    /// Programs: one JSON document with a format version
    Json,
    /// GitHub Actions: workflow commands that become annotations of the pull request
    Github,
}

/// What `lint` says: the findings by place, those without a place last. Text is empty if there are none.
///
/// # Panics
/// If a label names a file that `sources` does not hold.
pub fn findings(format: Format, style: Style, sources: &Sources, findings: &[Diagnostic]) -> String {
    let findings = by_place(findings);
    match format {
        Format::Text => text::findings(style, sources, &findings),
        Format::Json => json::findings(sources, &findings),
        Format::Github => github::findings(sources, &findings),
    }
}

/// What `check` says: the findings (may be empty), then the files that do not match the spec.
///
/// # Panics
/// As [`findings`].
pub fn drift(format: Format, style: Style, sources: &Sources, findings: &[Diagnostic], drift: &Drift) -> String {
    let findings = by_place(findings);
    match format {
        Format::Text => text::drift(style, sources, &findings, drift),
        Format::Json => json::drift(sources, &findings, drift),
        Format::Github => github::findings(sources, &findings) + &github::drift(sources, drift),
    }
}

/// What `render` says: the findings (may be empty), then the files that were written and removed.
///
/// # Panics
/// As [`findings`].
pub fn written(
    format: Format,
    style: Style,
    sources: &Sources,
    findings: &[Diagnostic],
    files: &[WrittenFile],
) -> String {
    let findings = by_place(findings);
    match format {
        Format::Text => text::written(style, sources, &findings, files),
        Format::Json => json::written(sources, &findings, files),
        Format::Github => github::findings(sources, &findings) + &github::written(files),
    }
}

/// By file, place in the file, weight (heaviest first) and code; those without a place last. The message settles the
/// rest, so that the order never depends on which rule ran first.
fn by_place(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by_key(|finding| {
        let place = finding.labels.first().map(|label| (label.span.file, label.span.start));
        (place.is_none(), place, Reverse(finding.severity), finding.code.name, &finding.message)
    });
    sorted
}
