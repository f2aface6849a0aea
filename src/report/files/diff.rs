//! The unified diff of a drifted file.

use std::borrow::Cow;

use similar::{DiffTag, TextDiff};

use super::{DriftKind, DriftedFile, has_crlf};
use crate::prose::count;

/// A unified diff from the file on disk to the generated text, as lines without line ends.
pub(super) struct Diff {
    pub lines: Vec<String>,
    /// The first line on disk that differs, starting at 1. `None` if the file does not exist on disk.
    pub first_line: Option<usize>,
}

impl Diff {
    /// `None` for an orphan, because there is no generated text to compare it with, and for other line endings, because every
    /// line would differ.
    pub fn of(file: &DriftedFile) -> Option<Diff> {
        match &file.kind {
            DriftKind::Changed { old, new } => Some(Self::between(&file.path, old, new)),
            DriftKind::Missing { new } => Some(Diff { first_line: None, ..Self::between(&file.path, "", new) }),
            DriftKind::LineEndings | DriftKind::Orphaned => None,
        }
    }

    fn between(path: &str, old: &str, new: &str) -> Diff {
        let endings = if has_crlf(old) { ", CRLF line endings" } else { "" };
        let old = &*with_lf(old);
        let (old, new): (Vec<_>, Vec<_>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
        // Not `from_lines`, which also ends a line at a lone CR; `patch` and modern editors do not.
        let diff = TextDiff::from_slices(&old, &new);
        let mut lines = vec![format!("--- {path} (on disk{endings})"), format!("+++ {path} (from the spec)")];
        for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
            lines.push(hunk.header().to_string());
            for change in hunk.iter_changes() {
                let text = change.value();
                lines.push(format!("{}{}", change.tag(), text.strip_suffix('\n').unwrap_or(text)));
                if change.missing_newline() {
                    lines.push("\\ No newline at end of file".to_owned());
                }
            }
        }
        let equal = diff.ops().iter().take_while(|op| op.tag() == DiffTag::Equal).last();
        let first_line = equal.map_or(1, |op| (op.old_range().end + 1).min(old.len()));
        Diff { lines, first_line: Some(first_line) }
    }

    /// The first `limit` lines, with overlong lines shortened, and the number of the remaining lines.
    pub fn cut(self, limit: usize) -> Vec<String> {
        let more = self.lines.len().saturating_sub(limit);
        let mut lines: Vec<_> = self.lines.into_iter().take(limit).map(shorten).collect();
        if more > 0 {
            lines.push(format!("... {}", count(more, "more line")));
        }
        lines
    }
}

/// A text on disk with the line endings of generated text. Otherwise the diff would be the whole file.
fn with_lf(on_disk: &str) -> Cow<'_, str> {
    if has_crlf(on_disk) { Cow::Owned(on_disk.replace("\r\n", "\n")) } else { Cow::Borrowed(on_disk) }
}

/// The first line of a generated text that is not on disk, starting at 1; `None` if lines are missing there.
pub fn first_new_line(on_disk: &str, new: &str) -> Option<usize> {
    let on_disk = &*with_lf(on_disk);
    let (old, new): (Vec<_>, Vec<_>) = (on_disk.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::from_slices(&old, &new);
    let first = diff.ops().iter().find(|op| op.tag() != DiffTag::Equal)?;
    (first.tag() != DiffTag::Delete).then(|| first.new_range().start + 1)
}

/// Maximum number of characters per line: more than a person would read, but too few to flood a terminal.
const WIDEST: usize = 1000;

fn shorten(mut line: String) -> String {
    if let Some((cut, _)) = line.char_indices().nth(WIDEST) {
        line.truncate(cut);
        line.push_str("...");
    }
    line
}
