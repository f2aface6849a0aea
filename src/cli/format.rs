//! The values of `--format`: each command has those that it can print.

use clap::ValueEnum;

use crate::diagnostic::Diagnostic;
use crate::report::files::{self, Drift, WrittenFile};
use crate::report::findings;
use crate::source::Sources;

/// Formats of findings, and of what was done with files or would have to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// People at a terminal
    #[default]
    Text,
    /// Programs: one JSON document with a format version
    Json,
    /// GitHub Actions: workflow commands that become annotations of the pull request
    Github,
}

impl FindingsFormat {
    /// What `lint` says.
    pub(super) fn findings(self, sources: &Sources, findings: &[Diagnostic]) -> String {
        match self {
            FindingsFormat::Text => findings::text(super::style(), sources, findings),
            FindingsFormat::Json => findings::json(sources, findings),
            FindingsFormat::Github => findings::github(sources, findings),
        }
    }

    /// What `check` says when there are no findings.
    pub(super) fn drift(self, sources: &Sources, drift: &Drift) -> String {
        match self {
            FindingsFormat::Text => files::text::drift(super::style(), sources, &[], drift),
            FindingsFormat::Json => files::json::drift(sources, &[], drift),
            FindingsFormat::Github => files::github::drift(sources, &[], drift),
        }
    }

    /// What `render` says when there are no findings.
    pub(super) fn written(self, sources: &Sources, files: &[WrittenFile]) -> String {
        match self {
            FindingsFormat::Text => files::text::written(super::style(), sources, &[], files),
            FindingsFormat::Json => files::json::written(sources, &[], files),
            FindingsFormat::Github => files::github::written(sources, &[], files),
        }
    }
}

/// Formats of `simulate`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SimulationFormat {
    /// People at a terminal
    #[default]
    Text,
    /// Programs: one JSON document with a format version
    Json,
}

/// Formats of `access`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AccessFormat {
    /// People at a terminal
    #[default]
    Text,
    /// Programs: one JSON document with a format version
    Json,
    /// A comment in a pull request
    Markdown,
}
