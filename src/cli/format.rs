//! The values of `--format`. Each command accepts the formats that it can print.

use clap::ValueEnum;

use super::stdio::Printed;
use crate::diagnostic::Diagnostic;
use crate::report::failure::Failure;
use crate::report::files::{self, Drift, WrittenFile};
use crate::report::{failure, findings};
use crate::source::Sources;

/// Formats for findings, drift and written files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// Text for a terminal
    #[default]
    Text,
    /// One JSON document, with a `format_version`, for other programs
    Json,
    /// GitHub Actions workflow commands, which become annotations in a pull request
    Github,
}

impl FindingsFormat {
    /// Formats the findings.
    pub(super) fn findings(self, sources: &Sources, findings: &[Diagnostic]) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(findings::text(super::style(), sources, findings)),
            FindingsFormat::Json => Printed::Document(findings::json(sources, findings)),
            FindingsFormat::Github => Printed::Document(findings::github(sources, findings)),
        }
    }

    /// Formats an error that is not about a spec.
    pub(super) fn failure(self, failure: &Failure) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(failure::text(super::style(), failure)),
            FindingsFormat::Json => Printed::Document(failure::json(failure)),
            FindingsFormat::Github => Printed::Document(failure::github(failure)),
        }
    }

    /// Formats the result of `check` when nothing is wrong with the specs.
    pub(super) fn drift(self, sources: &Sources, drift: &Drift) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(files::text::drift(super::style(), sources, &[], drift)),
            FindingsFormat::Json => Printed::Document(files::json::drift(sources, &[], drift)),
            FindingsFormat::Github => Printed::Document(files::github::drift(sources, &[], drift)),
        }
    }

    /// Formats the result of `render` when nothing is wrong with the specs.
    pub(super) fn written(self, sources: &Sources, files: &[WrittenFile]) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(files::text::written(super::style(), sources, &[], files)),
            FindingsFormat::Json => Printed::Document(files::json::written(sources, &[], files)),
            FindingsFormat::Github => Printed::Document(files::github::written(sources, &[], files)),
        }
    }
}

/// Formats for `simulate`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SimulationFormat {
    /// Text for a terminal
    #[default]
    Text,
    /// One JSON document, with a `format_version`, for other programs
    Json,
}

/// Formats for `access`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AccessFormat {
    /// Text for a terminal
    #[default]
    Text,
    /// One JSON document, with a `format_version`, for other programs
    Json,
    /// Markdown for a comment on a pull request
    Markdown,
}
