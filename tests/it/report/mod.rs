//! Reports about findings and generated files, for people and for programs.

mod differences;
mod documents;
mod github;
mod hostile;
mod json;
mod one_room;
pub mod sarif;
mod text;
mod width;

use ecrgen::diagnostic::{Code, Diagnostic, Example, Severity};
use ecrgen::escape::terminal::Charset;
use ecrgen::report::{Color, Style};
use ecrgen::source::{Sources, Span};

/// A pipe or a file: no colors, Unicode.
const PLAIN: Style = Style { color: Color::Plain, charset: Charset::Utf8, width: None };

/// A spec and the span of a piece of its text.
struct Spec {
    sources: Sources,
}

impl Spec {
    fn new(text: &str) -> Self {
        let mut sources = Sources::default();
        sources.add("specs/piksel.yaml", text);
        Spec { sources }
    }

    /// The span of the n-th occurrence (starting at 0) of `piece` in the first file.
    fn nth(&self, n: usize, piece: &str) -> Span {
        let (start, _) = self.sources.file(0).text.match_indices(piece).nth(n).expect("the spec contains the piece");
        span(0, start, start + piece.len())
    }

    fn first(&self, piece: &str) -> Span {
        self.nth(0, piece)
    }
}

fn span(file: u32, start: usize, end: usize) -> Span {
    Span { file, start: u32::try_from(start).unwrap(), end: u32::try_from(end).unwrap() }
}

/// A finding with a new code.
fn finding(severity: Severity, name: &'static str, span: Span, message: &str) -> Diagnostic {
    let (bad, good) = (Example::Words("bad"), Example::Words("good"));
    let code = Code { name, severity, what: "", why: "", bad, good, source: "", is_claim: false };
    Diagnostic::new(Box::leak(Box::new(code)), span, message)
}

fn error(name: &'static str, span: Span, message: impl AsRef<str>) -> Diagnostic {
    finding(Severity::Error, name, span, message.as_ref())
}

fn warning(name: &'static str, span: Span, message: impl AsRef<str>) -> Diagnostic {
    finding(Severity::Warning, name, span, message.as_ref())
}

fn note(name: &'static str, span: Span, message: impl AsRef<str>) -> Diagnostic {
    finding(Severity::Note, name, span, message.as_ref())
}
