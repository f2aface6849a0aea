//! The texts that users read, and where they are.

use std::fs;
use std::path::Path;

use regex_lite::{Captures, Regex};

use super::rust::{Kind, pieces};
use crate::harness::{files_below, repository};

/// Folders of `src` whose doc comments users read: descriptions of the JSON Schema, and `--help`.
const DOCUMENTED: &[&str] = &["src/language/", "src/principals/", "src/value/", "src/cli/"];

/// Text in lowercase with single spaces and without `code`, and the line of each part.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    /// Where a line begins, in bytes of the text, and its number.
    lines: Vec<(usize, usize)>,
}

impl Words {
    pub fn push(&mut self, c: char, line: usize) {
        if self.lines.last().is_none_or(|(_, last)| *last != line) {
            self.lines.push((self.text.len(), line));
        }
        match c.is_whitespace() {
            true if self.text.is_empty() || self.text.ends_with(' ') => {}
            true => self.text.push(' '),
            false => self.text.push(c.to_ascii_lowercase()),
        }
    }

    pub fn push_line(&mut self, text: &str, line: usize) {
        for c in text.chars() {
            self.push(c, line);
        }
        self.push(' ', line);
    }

    pub fn push_lines(&mut self, text: &str, first: usize) {
        for (line, text) in (first..).zip(text.lines()) {
            self.push_line(text, line);
        }
    }

    pub fn text(&self) -> &str {
        self.text.trim_end()
    }

    pub fn line(&self, place: usize) -> usize {
        let before = self.lines.partition_point(|(start, _)| *start <= place);
        self.lines.get(before.saturating_sub(1)).map_or(0, |(_, line)| *line)
    }

    /// The same with blanks for `{placeholders}` of formats, and for what is between backquotes, if these come in pairs.
    fn without_code(mut self) -> Self {
        let placeholder = Regex::new(r"\{[a-z0-9_.:?#]*\}").expect("a pattern");
        let blank = |found: &Captures<'_>| "_".repeat(found[0].len());
        self.text = placeholder.replace_all(&self.text, blank).into_owned();
        if self.text.matches('`').count().is_multiple_of(2) {
            let parts = self.text.split('`').enumerate();
            let blank = |part: &str| "_".repeat(part.len());
            let parts: Vec<String> =
                parts.map(|(at, part)| if at % 2 == 0 { part.to_owned() } else { blank(part) }).collect();
            self.text = parts.join("`");
        }
        self
    }
}

/// A text that users read.
pub struct Text {
    pub path: String,
    words: Words,
}

impl Text {
    pub fn words(&self) -> &str {
        self.words.text()
    }

    pub fn line(&self, place: usize) -> usize {
        self.words.line(place)
    }

    /// A few words around a place.
    pub fn around(&self, place: usize) -> String {
        let text = self.words();
        let start = text[..place].char_indices().rev().nth(24).map_or(0, |(at, _)| at);
        let end = text[place..].char_indices().nth(36).map_or(text.len(), |(at, _)| place + at);
        format!("…{}…", &text[start..end])
    }
}

/// A file of the repository.
pub fn file(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Everything that users read.
pub fn user_facing() -> Vec<Text> {
    let mut texts = Vec::new();
    for path in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"] {
        texts.push(Text { path: path.to_owned(), words: markdown(&file(path)) });
    }
    for folder in ["src", "docs", "templates", "specs", "generated"] {
        for (path, bytes) in files_below(&repository().join(folder)) {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            let path = format!("{folder}/{}", shown(&path));
            let text = String::from_utf8(bytes).expect("UTF-8");
            match extension {
                "rs" => texts.extend(rust(&path, &text)),
                "md" => texts.push(Text { words: markdown(&text), path }),
                "json" | "txt" => {}
                _ => texts.push(Text { words: commented(&text), path }),
            }
        }
    }
    texts
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Literals of Rust source, and doc comments where users read them. A literal of one word is a name.
fn rust(path: &str, source: &str) -> Vec<Text> {
    let is_documented = DOCUMENTED.iter().any(|folder| path.starts_with(folder));
    let pieces = pieces(source).into_iter().filter(|(kind, words)| match kind {
        Kind::Literal => words.text().contains(' '),
        Kind::Doc => is_documented,
    });
    pieces.map(|(_, words)| Text { path: path.to_owned(), words: words.without_code() }).collect()
}

/// Markdown without code spans, and without blocks that quote what programs print, which is checked where it is written.
fn markdown(text: &str) -> Words {
    let mut words = Words::default();
    let mut fence = None;
    for (line, text) in (1..).zip(text.lines()) {
        if let Some(language) = text.trim_start().strip_prefix("```") {
            fence = if fence.is_some() { None } else { Some(language) };
            continue;
        }
        match fence {
            Some("console" | "text" | "json") => {}
            Some(_) => words.push_line(without_leader(text), line),
            None => words.push_line(&without_spans(text), line),
        }
    }
    words
}

/// A line of Markdown without its code spans.
fn without_spans(line: &str) -> String {
    match line.matches('`').count() % 2 {
        0 => line.split('`').step_by(2).collect::<Vec<_>>().join("`_`"),
        _ => line.to_owned(),
    }
}

/// YAML, HCL and the like: comments on consecutive lines are one text.
fn commented(text: &str) -> Words {
    let mut words = Words::default();
    for (line, text) in (1..).zip(text.lines()) {
        words.push_line(without_leader(text), line);
    }
    words
}

fn without_leader(line: &str) -> &str {
    line.trim_start().trim_start_matches('#')
}
