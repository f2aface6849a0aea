//! Reports for GitHub Actions: workflow commands, one a line, that become annotations (GitHub Docs, "Workflow commands
//! for GitHub Actions").

use super::diff::Diff;
use super::files::{Drift, DriftedFile, WrittenFile, summary};
use super::place::Place;
use super::style::Charset;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// Lines of a diff that are shown of each file: the runner cuts a message at 4096 characters (`ExecutionContext.cs` of
/// actions/runner).
const DIFF_LINES: usize = 20;

pub(super) fn findings(sources: &Sources, findings: &[&Diagnostic]) -> String {
    findings.iter().map(|finding| self::finding(sources, finding)).collect()
}

fn finding(sources: &Sources, finding: &Diagnostic) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let mut command = Command::new(name);
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
    if let Some(help) = &finding.help {
        message += &format!("\nhelp: {help}");
    }
    command.property("title", finding.code.name).message(&message)
}

pub(super) fn drift(sources: &Sources, drift: &Drift) -> String {
    if drift.files.is_empty() {
        return Command::new("notice").property("title", "check").message(&drift.summary());
    }
    drift.files.iter().map(|file| drifted(sources, file, &drift.remedy)).collect()
}

/// At the file itself, or at the spec if the file does not exist. The remedy comes before the diff, which may be cut.
fn drifted(sources: &Sources, file: &DriftedFile, remedy: &str) -> String {
    let origin = file.origin.map(|origin| Place::of(sources, origin));
    let diff = Diff::of(file);
    let first_line = diff.as_ref().map_or(Some(1), |diff| diff.first_line);

    let mut command = Command::new("error");
    if let Some(line) = first_line {
        command = command.property("file", &file.path).property("line", &line.to_string());
    } else if let Some(place) = origin {
        command = command.at(place);
    }
    let mut message = format!("{} {}", file.path, file.kind.predicate());
    if let Some(place) = origin {
        message += &format!("\nmade from {}:{}", place.file, place.line);
    }
    message += &format!("\n{remedy}");
    for line in diff.into_iter().flat_map(|diff| diff.cut(DIFF_LINES)) {
        message += &format!("\n{line}");
    }
    command.property("title", file.kind.word()).message(&message)
}

pub(super) fn written(files: &[WrittenFile]) -> String {
    Command::new("notice").property("title", "render").message(&summary(files))
}

/// `::name key=value,key=value::message`.
struct Command {
    text: String,
    separator: char,
}

impl Command {
    fn new(name: &str) -> Self {
        Command { text: format!("::{name}"), separator: ' ' }
    }

    /// The runner drops the columns of a place that spans several lines (`ValidateLinesAndColumns` in
    /// actions/runner), so they are not given.
    fn at(self, place: Place) -> Self {
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

    fn property(mut self, key: &str, value: &str) -> Self {
        let value = escape(value).replace(':', "%3A").replace(',', "%2C");
        self.text += &format!("{}{key}={value}", self.separator);
        self.separator = ',';
        self
    }

    fn message(self, message: &str) -> String {
        format!("{}::{}\n", self.text, escape(message))
    }
}

/// Line ends survive as escapes; what else could act on a terminal that shows the log is disarmed.
fn escape(text: &str) -> String {
    let line = |line: &str| {
        let parts: Vec<_> = line.split('\r').map(|part| Charset::Utf8.disarm(part).replace('%', "%25")).collect();
        parts.join("%0D")
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("%0A")
}
