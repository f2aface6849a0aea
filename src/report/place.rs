//! A span as a file, line and column.

use crate::source::{Sources, Span};

/// The location of a span. Lines and columns start at 1, columns count characters, and the end is one past the last
/// character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl<'a> Place<'a> {
    /// A span that ends before it starts, or that is outside the file, is moved to the nearest valid one.
    pub fn of(sources: &'a Sources, span: Span) -> Self {
        let file = sources.file(span.file);
        let start = character_at(&file.text, span.start as usize);
        let end = character_at(&file.text, span.end as usize).max(start);
        let at = |offset: usize| {
            let offset = u32::try_from(offset).expect("at most the span's own offset, which is a u32");
            sources.position(Span { start: offset, end: offset, ..span })
        };
        let ((line, column), (end_line, end_column)) = (at(start), at(end));
        Place { file: &file.name, line, column, end_line, end_column }
    }
}

/// The start of the character at a byte offset, or the end of the line's text if the offset is in its line end.
pub(super) fn character_at(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    match text[..offset].strip_suffix('\r') {
        Some(line) if text[offset..].starts_with('\n') => line.len(),
        _ => offset,
    }
}
