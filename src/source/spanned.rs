//! A value and its place.

use std::ops::{Deref, Range};

use super::Span;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T: AsRef<str>> Spanned<T> {
    /// The place of a part of the text, given as a byte range; `None` if escapes or line breaks make it unknown.
    pub fn part(&self, part: Range<usize>) -> Option<Span> {
        let whole = self.span.without_quotes(self.value.as_ref())?;
        let at = |byte: usize| whole.start + u32::try_from(byte).expect("files are smaller than 4 GiB");
        Some(Span { start: at(part.start), end: at(part.end), ..whole })
    }

    /// The place of the first of these characters, or of the whole value if it has none of them or its bytes are unclear.
    pub fn first(&self, wanted: impl Fn(char) -> bool) -> Span {
        let found = self.value.as_ref().char_indices().find(|(_, c)| wanted(*c));
        found.and_then(|(at, c)| self.part(at..at + c.len_utf8())).unwrap_or(self.span)
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
