//! The values of `--format`. Each command accepts the formats that it can print.

use std::path::Path;

use clap::ValueEnum;

use super::options::is_quiet;
use super::stdio::Printed;
use crate::diagnostic::Diagnostic;
use crate::file;
use crate::report::failure::Failure;
use crate::report::files::{self, Drift, WrittenFile, planned, planned::Planned};
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
    /// One SARIF 2.1.0 document, for code scanning on GitHub and for editors
    Sarif,
    /// GitHub Actions workflow commands, which become annotations in a pull request
    Github,
}

impl FindingsFormat {
    /// Whether `--quiet` hides messages about success. Programs always get their document.
    pub(super) fn is_quiet(self) -> bool {
        self == FindingsFormat::Text && is_quiet()
    }

    /// Formats the findings.
    pub(super) fn findings(self, sources: &Sources, findings: &[Diagnostic]) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(findings::text(super::style(), sources, findings)),
            FindingsFormat::Json => Printed::Document(findings::json(sources, findings)),
            FindingsFormat::Sarif => Printed::Document(findings::sarif(sources, &in_repository, findings)),
            FindingsFormat::Github => Printed::Document(findings::github(sources, findings)),
        }
    }

    /// What is left to print if errors keep a command from its work. People have read the findings on standard error.
    pub(super) fn refusal(self, sources: &Sources, findings: &[Diagnostic]) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(String::new()),
            _ => self.findings(sources, findings),
        }
    }

    /// Formats the error that ends a command, with what it had found before.
    pub(super) fn failure(self, failure: &Failure, sources: &Sources, findings: &[Diagnostic]) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(failure::text(super::style(), failure)),
            FindingsFormat::Json => Printed::Document(failure::json(failure, sources, findings)),
            FindingsFormat::Sarif => Printed::Document(failure::sarif(failure, sources, &in_repository, findings)),
            FindingsFormat::Github => Printed::Document(failure::github(failure, sources, findings)),
        }
    }

    /// Formats what `render` would do.
    pub(super) fn planned(self, sources: &Sources, findings: &[Diagnostic], planned: &Planned) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(planned::text(super::style(), planned)),
            FindingsFormat::Json => Printed::Document(planned::json(sources, findings, planned)),
            FindingsFormat::Sarif => self.findings(sources, findings),
            FindingsFormat::Github => Printed::Document(planned::github(sources, findings, planned)),
        }
    }

    /// Formats the result of `check` if there are no errors. People have read the findings on standard error.
    pub(super) fn drift(self, sources: &Sources, findings: &[Diagnostic], drift: &Drift) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(files::text::drift(super::style(), sources, &[], drift)),
            FindingsFormat::Json => Printed::Document(files::json::drift(sources, findings, drift)),
            FindingsFormat::Sarif => Printed::Document(files::sarif::drift(sources, &in_repository, findings, drift)),
            FindingsFormat::Github => Printed::Document(files::github::drift(sources, findings, drift)),
        }
    }

    /// Formats the result of `render` if there are no errors. People have read the findings on standard error.
    pub(super) fn written(self, sources: &Sources, findings: &[Diagnostic], files: &[WrittenFile]) -> Printed {
        match self {
            FindingsFormat::Text => Printed::Text(files::text::written(super::style(), sources, &[], files)),
            FindingsFormat::Json => Printed::Document(files::json::written(sources, findings, files)),
            FindingsFormat::Sarif => self.findings(sources, findings),
            FindingsFormat::Github => Printed::Document(files::github::written(sources, findings, files)),
        }
    }
}

/// The path of a file in its git repository, or the name itself if it is in none.
fn in_repository(name: &str) -> String {
    let Some(path) = file::in_repository(Path::new(name)) else { return name.to_owned() };
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

/// Formats for `simulate`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SimulationFormat {
    /// Text for a terminal
    #[default]
    Text,
    /// One JSON document, with a `format_version`, for other programs
    Json,
    /// One SARIF 2.1.0 document with the expectations that do not hold
    Sarif,
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

/// Formats for `tag`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TagFormat {
    /// Text for a terminal and for shells: one tag per line
    #[default]
    Text,
    /// One JSON document, with a `format_version`, for other programs
    Json,
}

impl From<TagFormat> for FindingsFormat {
    fn from(format: TagFormat) -> FindingsFormat {
        match format {
            TagFormat::Text => FindingsFormat::Text,
            TagFormat::Json => FindingsFormat::Json,
        }
    }
}

impl From<SimulationFormat> for FindingsFormat {
    fn from(format: SimulationFormat) -> FindingsFormat {
        match format {
            SimulationFormat::Text => FindingsFormat::Text,
            SimulationFormat::Json => FindingsFormat::Json,
            SimulationFormat::Sarif => FindingsFormat::Sarif,
        }
    }
}

impl From<AccessFormat> for FindingsFormat {
    fn from(format: AccessFormat) -> FindingsFormat {
        match format {
            AccessFormat::Text | AccessFormat::Markdown => FindingsFormat::Text,
            AccessFormat::Json => FindingsFormat::Json,
        }
    }
}
