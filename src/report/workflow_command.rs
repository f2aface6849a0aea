//! GitHub Actions workflow commands: lines that become annotations (GitHub Docs, "Workflow commands for GitHub Actions").

use super::place::Place;
use crate::escape::github;

/// `::name key=value,key=value::message`.
pub(super) struct WorkflowCommand {
    text: String,
    separator: char,
}

impl WorkflowCommand {
    pub(super) fn new(name: &str) -> Self {
        WorkflowCommand { text: format!("::{name}"), separator: ' ' }
    }

    /// Sets the place. The runner drops the columns of a place that spans several lines (`ValidateLinesAndColumns` in
    /// actions/runner), so they are left out.
    pub(super) fn at(self, place: Place) -> Self {
        let lines = self
            .property("file", place.file)
            .property("line", &place.line.to_string())
            .property("endLine", &place.end_line.to_string());
        if place.line == place.end_line {
            lines.property("col", &place.column.to_string()).property("endColumn", &place.end_column.to_string())
        } else {
            lines
        }
    }

    pub(super) fn property(mut self, key: &str, value: &str) -> Self {
        self.text += &format!("{}{key}={}", self.separator, github::property(value));
        self.separator = ',';
        self
    }

    pub(super) fn message(self, message: &str) -> String {
        format!("{}::{}\n", self.text, github::message(message))
    }
}
