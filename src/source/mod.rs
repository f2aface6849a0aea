//! Files, places in them, and edits of them.

mod edit;
mod lines;
mod spanned;

pub use edit::Edit;
pub use spanned::Spanned;

use std::sync::OnceLock;

use lines::Lines;

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
    /// Created when the first position is needed: most runs report nothing.
    lines: OnceLock<Lines>,
}

impl Source {
    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }

    /// A part of a line: what follows its first `skipped` characters, at most `most` characters, without the line end.
    /// Lines count from 1.
    ///
    /// # Panics
    /// If the file has fewer lines.
    pub fn part_of_line(&self, line: usize, skipped: usize, most: usize) -> &str {
        let part = self.lines().part(&self.text, line, skipped, most);
        let is_whole = self.text[part.end..].starts_with('\n');
        let part = &self.text[part];
        part.strip_suffix('\r').filter(|_| is_whole).unwrap_or(part)
    }
}

/// All files of one run. The `file` of a span is an index into them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its index.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        self.files.push(Source { name: name.into(), text: text.into(), lines: OnceLock::new() });
        u32::try_from(self.files.len() - 1).expect("fewer than 4 billion files")
    }

    /// The file with this index.
    pub fn file(&self, index: u32) -> &Source {
        &self.files[index as usize]
    }

    /// The file that was read first.
    pub fn first(&self) -> Option<&Source> {
        self.files.first()
    }

    /// The line and the column of the start of a span. Both count from 1, and columns count characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let file = self.file(span.file);
        file.lines().position(&file.text, span.start as usize)
    }
}
