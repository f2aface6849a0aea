//! Files, places in them, and edits of them.

mod edit;
mod spanned;

pub use edit::Edit;
pub use spanned::Spanned;

/// A place in one of the files: byte offsets, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Which file: an index into [`Sources`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The place of the text itself where this one includes the quotes around it. `None` where escapes or line breaks hide
    /// which bytes are the text.
    pub fn without_quotes(self, text: &str) -> Option<Span> {
        let length = (self.end - self.start) as usize;
        match length.checked_sub(text.len())? {
            0 => Some(self),
            // Text that goes on in the next line can be longer by two without having quotes.
            2 if !text.contains(char::is_whitespace) => Some(Span { start: self.start + 1, end: self.end - 1, ..self }),
            _ => None,
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path as the user wrote it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// All files of one run; a span's `file` is an index into it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its index.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        self.files.push(Source { name: name.into(), text: text.into() });
        u32::try_from(self.files.len() - 1).expect("fewer than 4 billion files")
    }

    /// The file a span lies in.
    pub fn file(&self, index: u32) -> &Source {
        &self.files[index as usize]
    }

    /// Line and column (both from 1, column in characters) of a byte offset.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let before = &self.file(span.file).text[..span.start as usize];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.bytes().filter(|byte| *byte == b'\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
