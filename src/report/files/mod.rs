//! Reports of `render` and `check` about the generated files.

pub mod github;
pub mod json;
pub mod planned;
pub mod sarif;
pub mod text;

mod diff;

pub use diff::first_new_line;

use crate::prose::count;
use crate::report::place::Place;
use crate::source::{Sources, Span};

/// Maximum number of files that a report for people shows. JSON has them all.
const MOST_FILES: usize = 500;

/// The result of `check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// How many files were compared, so that a check of nothing does not look like a success.
    pub checked: usize,
    /// The files that do not match the spec, in the order of the report.
    pub files: Vec<DriftedFile>,
    /// How to fix the drift, for example `run: ecrgen render specs/piksel.yaml`.
    pub remedy: String,
    /// Whether a report for people shows every diff, instead of the first one.
    pub full: bool,
}

/// A file that does not match the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriftedFile {
    /// Its path relative to the current folder (for GitHub: to the root of the repository).
    pub path: String,
    /// What is wrong with it.
    pub kind: DriftKind,
    /// The part of the spec that the file is generated from, or that the first difference comes from: the place to edit.
    pub origin: Option<Span>,
    /// The keys that lead to that place, such as `repository_defaults.retention`.
    pub cause: Option<String>,
}

/// How a file does not match the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriftKind {
    /// The file on disk differs from the generated text.
    Changed {
        /// The text on disk.
        old: String,
        /// The text that the spec generates.
        new: String,
    },
    /// The file on disk differs only in its line endings, usually because git converts them.
    LineEndings,
    /// The file does not exist on disk.
    Missing {
        /// The text that the spec generates.
        new: String,
    },
    /// The last render wrote the file, and the spec no longer generates it.
    Orphaned,
}

impl DriftKind {
    /// One word, the value of `kind` in JSON.
    fn word(&self) -> &'static str {
        match self {
            DriftKind::Changed { .. } => "changed",
            DriftKind::LineEndings => "line-endings",
            DriftKind::Missing { .. } => "missing",
            DriftKind::Orphaned => "orphaned",
        }
    }

    /// The problem, as the end of a sentence that starts with the path.
    fn predicate(&self) -> &'static str {
        match self {
            DriftKind::Changed { old, .. } if has_crlf(old) => {
                "does not match the spec, and its line endings differ too (CRLF instead of LF)"
            }
            DriftKind::Changed { .. } => "does not match the spec",
            DriftKind::LineEndings => "matches the spec, except for its line endings (CRLF instead of LF)",
            DriftKind::Missing { .. } => "does not exist on disk",
            DriftKind::Orphaned => "is no longer generated from the spec",
        }
    }
}

/// Whether most lines of a text on disk have the line endings of Windows. Generated text has none. A few of them were edited,
/// and the diff shows these.
fn has_crlf(on_disk: &str) -> bool {
    on_disk.matches("\r\n").count() * 2 > on_disk.matches('\n').count()
}

impl DriftedFile {
    /// The place in the spec that it comes from, in words.
    fn source(&self, sources: &Sources) -> Option<String> {
        let place = Place::of(sources, self.origin?);
        let cause = self.cause.iter().map(|cause| format!(" (`{cause}`)"));
        Some(format!("{}:{}{}", place.file, place.line, cause.collect::<String>()))
    }
}

impl Drift {
    /// The files to show, and the number of the others in words if there are any.
    fn shown(&self) -> (&[DriftedFile], Option<String>) {
        let shown = &self.files[..self.files.len().min(MOST_FILES)];
        let more = self.files.len() - shown.len();
        (shown, (more > 0).then(|| count(more, "more file")))
    }

    /// The outcome in one sentence.
    fn summary(&self) -> String {
        if self.files.is_empty() {
            return format!("{} checked, all in sync with the spec", count(self.checked, "file"));
        }
        let kinds = [
            ("changed", "changed"),
            ("line-endings", "with other line endings"),
            ("missing", "missing"),
            ("orphaned", "orphaned"),
        ];
        let kinds = kinds.map(|(word, words)| {
            let n = self.files.iter().filter(|file| file.kind.word() == word).count();
            (n > 0).then(|| format!("{n} {words}"))
        });
        let kinds: Vec<_> = kinds.into_iter().flatten().collect();
        let verb = if self.files.len() == 1 { "does" } else { "do" };
        format!("{} {verb} not match the spec: {}", count(self.files.len(), "file"), kinds.join(", "))
    }
}

/// A file that `render` looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its path relative to the current folder.
    pub path: String,
    /// What `render` did with it.
    pub action: Action,
}

/// What `render` did with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It did not exist before.
    Created,
    /// Its contents have changed.
    Updated,
    /// The spec no longer generates it.
    Removed,
    /// It already had the right contents.
    Unchanged,
}

/// `3 files written, 1 removed, 12 unchanged`.
fn summary(files: &[WrittenFile]) -> String {
    let of = |actions: &[Action]| files.iter().filter(|file| actions.contains(&file.action)).count();
    let written = count(of(&[Action::Created, Action::Updated]), "file");
    format!("{written} written, {} removed, {} unchanged", of(&[Action::Removed]), of(&[Action::Unchanged]))
}
