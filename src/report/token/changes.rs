//! The lines of the spec that an edit changes.

use crate::permissions::refusal::Proposal;
use crate::source::{Edit, Sources};

/// The changed lines of one file.
pub(super) struct Changes<'s> {
    /// The file.
    pub file: &'s str,
    /// The first changed line, counted from 1.
    pub line: usize,
    /// The lines before the edit.
    pub before: Vec<String>,
    /// The lines after the edit.
    pub after: Vec<String>,
}

/// The changed lines, per file.
pub(super) fn changes<'s>(proposal: &Proposal, sources: &'s Sources) -> Vec<Changes<'s>> {
    let mut files: Vec<u32> = proposal.edits.iter().map(|edit| edit.span.file).collect();
    files.sort_unstable();
    files.dedup();
    files.into_iter().filter_map(|file| of_file(proposal, sources, file)).collect()
}

fn of_file<'s>(proposal: &Proposal, sources: &'s Sources, file: u32) -> Option<Changes<'s>> {
    let edits: Vec<Edit> = proposal.edits.iter().filter(|edit| edit.span.file == file).cloned().collect();
    let after = Edit::apply(&edits, sources, file).ok()?;
    let before: Vec<&str> = sources.file(file).text.lines().collect();
    let after: Vec<&str> = after.lines().collect();
    let start = before.iter().zip(&after).take_while(|(before, after)| before == after).count();
    let rests = before[start..].iter().rev().zip(after[start..].iter().rev());
    let end = rests.take_while(|(before, after)| before == after).count();
    let changed = |lines: &[&str]| lines[start..lines.len() - end].iter().map(|line| (*line).to_owned()).collect();
    let (before, after) = (changed(&before), changed(&after));
    Some(Changes { file: &sources.file(file).name, line: start + 1, before, after })
}
