//! An edit of a text.

use super::{Sources, Span};

/// An edit of a text: replaces the text at a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The text to replace; empty to insert.
    pub span: Span,
    /// The new text; empty to delete.
    pub text: String,
}

impl Edit {
    /// The text of a file after these edits, in any order.
    ///
    /// # Errors
    /// The first edit that overlaps an earlier one or is outside of this file. Nothing is changed then.
    pub fn apply(edits: &[Edit], sources: &Sources, file: u32) -> Result<String, Edit> {
        let text = &sources.file(file).text;
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut changed = String::with_capacity(text.len());
        let mut done = 0;
        for edit in sorted {
            let (start, end) = (edit.span.start as usize, edit.span.end as usize);
            if edit.span.file != file || start < done || end > text.len() {
                return Err(edit.clone());
            }
            changed.push_str(&text[done..start]);
            changed.push_str(&edit.text);
            done = end;
        }
        Ok(changed + &text[done..])
    }
}
