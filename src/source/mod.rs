//! Files, places in them, and edits of them.

mod edit;
mod spanned;

pub use edit::Edit;
pub use spanned::Spanned;

/// A place in one of the files, as byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file, as an index into [`Sources`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The place of the text without the quotes around it; `None` if escapes or line breaks make it unknown which bytes
    /// are the text.
    pub fn without_quotes(self, text: &str) -> Option<Span> {
        let length = (self.end - self.start) as usize;
        match length.checked_sub(text.len())? {
            0 => Some(self),
            // Text that continues on the next line can be two bytes longer without having quotes.
            2 if !text.contains(char::is_whitespace) => Some(Span { start: self.start + 1, end: self.end - 1, ..self }),
            _ => None,
        }
    }
}

/// A source file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path, as the user wrote it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// All files of one run. The `file` of a span is an index into them.
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

    /// The file with this index.
    pub fn file(&self, index: u32) -> &Source {
        &self.files[index as usize]
    }

    /// The line and the column of the start of a span. Both count from 1, and columns count characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let before = &self.file(span.file).text[..span.start as usize];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.bytes().filter(|byte| *byte == b'\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
