//! What happened to the generated files, or would have to happen.

pub mod github;
pub mod json;
pub mod text;

mod diff;

use crate::prose::count;
use crate::source::Span;

/// What `check` found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// How many files were compared, so that a check of nothing cannot pass for a good one.
    pub checked: usize,
    /// Those that do not match the spec, in the order of the report.
    pub files: Vec<DriftedFile>,
    /// What to do about it, for example `run: ecrgen render specs/piksel.yaml`.
    pub remedy: String,
}

/// A file that does not match the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriftedFile {
    /// Its path as one would open it from the current folder (GitHub: from the root of the repository).
    pub path: String,
    /// What is wrong with it.
    pub kind: DriftKind,
    /// The part of the spec it is made from: what to look at, and to edit instead of the file.
    pub origin: Option<Span>,
}

/// In which way a file does not match the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DriftKind {
    /// The file on disk says something else.
    Changed {
        /// The text on disk.
        old: String,
        /// The text that the spec asks for.
        new: String,
    },
    /// There is no such file on disk.
    Missing {
        /// The text that the spec asks for.
        new: String,
    },
    /// The last render made the file and the spec no longer asks for it.
    Orphaned,
}

impl DriftKind {
    /// One word, the value of `kind` in JSON.
    fn word(&self) -> &'static str {
        match self {
            DriftKind::Changed { .. } => "changed",
            DriftKind::Missing { .. } => "missing",
            DriftKind::Orphaned => "orphaned",
        }
    }

    /// What is wrong, as the end of a sentence that starts with the path.
    fn predicate(&self) -> &'static str {
        match self {
            DriftKind::Changed { .. } => "is not what the spec says",
            DriftKind::Missing { .. } => "is in the spec and not on disk",
            DriftKind::Orphaned => "is on disk and no longer in the spec",
        }
    }
}

impl Drift {
    /// The whole outcome in one sentence.
    fn summary(&self) -> String {
        if self.files.is_empty() {
            return format!("{} checked, all match the spec", count(self.checked, "file"));
        }
        let kinds = ["changed", "missing", "orphaned"].map(|word| {
            let n = self.files.iter().filter(|file| file.kind.word() == word).count();
            (n > 0).then(|| format!("{n} {word}"))
        });
        let kinds: Vec<_> = kinds.into_iter().flatten().collect();
        let verb = if self.files.len() == 1 { "does" } else { "do" };
        format!("{} {verb} not match the spec: {}", count(self.files.len(), "file"), kinds.join(", "))
    }
}

/// What `render` did with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its path as one would open it from the current folder.
    pub path: String,
    /// What was done.
    pub action: Action,
}

/// What was done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is new.
    Created,
    /// It had other contents before.
    Updated,
    /// The spec no longer asks for it.
    Removed,
    /// It was right already.
    Unchanged,
}

/// `3 files written, 1 removed, 12 unchanged`.
fn summary(files: &[WrittenFile]) -> String {
    let of = |actions: &[Action]| files.iter().filter(|file| actions.contains(&file.action)).count();
    let written = count(of(&[Action::Created, Action::Updated]), "file");
    format!("{written} written, {} removed, {} unchanged", of(&[Action::Removed]), of(&[Action::Unchanged]))
}
