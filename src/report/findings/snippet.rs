//! A finding with the lines of the spec that it is about, in the style of the Rust compiler.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::escape::terminal::Charset;
use crate::report::place::Place;
use crate::report::style::Style;
use crate::source::Sources;

/// Maximum distance of labels in one picture, and maximum length of a marked span, in characters. A label farther from
/// the first one gets a separate picture, because a line may be a megabyte long and the renderer widens a picture until
/// all its labels fit.
const REACH: usize = 60;

/// Characters of a line that are kept after its last label. This is more than the width of a picture (140 columns), so
/// that the renderer notices the rest of the line and marks the cut.
const MARGIN: usize = 300;

/// The whole finding, without a trailing newline.
pub(super) fn render(style: Style, sources: &Sources, finding: &Diagnostic) -> String {
    let charset = style.charset;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let pictures = pictures(charset, sources, &finding.labels);
    let title = level.primary_title(charset.sanitize(finding.message.trim_end())).id(finding.code.name);
    let mut group = Group::with_title(title).elements(pictures);
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(charset.sanitize_lines(help)));
    }
    style.renderer().render(&[group])
}

/// One picture for the primary label and the labels near it, then one for each further group of labels, in order.
fn pictures(charset: Charset, sources: &Sources, labels: &[Label]) -> Vec<Snippet<'static, Annotation<'static>>> {
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mark = Mark::new(sources, label, kind);
        match groups.iter_mut().find(|group| group[0].is_near(&mark)) {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
    }
    groups.iter().map(|marks| picture(charset, sources, marks)).collect()
}

/// The lines from the first to the last mark, all in one file. The renderer folds the lines without marks.
fn picture(charset: Charset, sources: &Sources, marks: &[Mark]) -> Snippet<'static, Annotation<'static>> {
    let file = sources.file(marks[0].label.span.file);
    let lines = marks.iter().map(|mark| mark.line);
    let (first, last) = (lines.clone().min().unwrap_or(1), lines.max().unwrap_or(1));
    let width = marks.iter().map(|mark| mark.column + mark.length).max().unwrap_or(0) + MARGIN;

    let mut text = String::new();
    let mut annotations = Vec::new();
    for (number, line) in (1..=last).zip(file.text.split('\n')).skip(first - 1) {
        let line = source_line(charset, line.strip_suffix('\r').unwrap_or(line), width);
        for mark in marks.iter().filter(|mark| mark.line == number) {
            let byte = |column| text.len() + line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
            let words = charset.sanitize(&mark.label.text);
            annotations.push(
                mark.kind
                    .span(byte(mark.column)..byte(mark.column + mark.length))
                    .label((!words.is_empty()).then_some(words)),
            );
        }
        text.push_str(&line);
        text.push('\n');
    }
    Snippet::source(text).line_start(first).path(charset.sanitize(&file.name)).annotations(annotations)
}

/// The first `width` characters of a line. Tabs are kept, because the renderer expands them and keeps the marks aligned.
fn source_line(charset: Charset, line: &str, width: usize) -> String {
    let end = line.char_indices().nth(width).map_or(line.len(), |(end, _)| end);
    line[..end].split('\t').map(|part| charset.sanitize(part)).collect::<Vec<_>>().join("\t")
}

/// A label on the first line of its span.
struct Mark<'a> {
    label: &'a Label,
    kind: AnnotationKind,
    /// Starts at 1.
    line: usize,
    /// Number of characters before the mark.
    column: usize,
    /// Number of characters, at most [`REACH`]. May extend past the end of the line.
    length: usize,
}

impl<'a> Mark<'a> {
    fn new(sources: &Sources, label: &'a Label, kind: AnnotationKind) -> Self {
        let place = Place::of(sources, label.span);
        let one_line = place.line == place.end_line;
        let length = if one_line { (place.end_column - place.column).min(REACH) } else { REACH };
        Mark { label, kind, line: place.line, column: place.column - 1, length }
    }

    fn is_near(&self, other: &Mark) -> bool {
        self.label.span.file == other.label.span.file && self.column.abs_diff(other.column) <= REACH
    }
}
