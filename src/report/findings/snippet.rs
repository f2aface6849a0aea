//! A finding with the lines of the spec that it is about, in the style of the Rust compiler.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Snippet};

use super::remarks::remarks;
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

/// Characters of a line that are kept before its first label if it has more than twice as many there. The renderer reads
/// each line from its start, so it only gets the part around the labels of a long line.
const BEFORE: usize = 500;

/// Comes after the path of a picture in the output of the renderer. No other text contains it, because texts are sanitized.
const AFTER_PATH: char = '\u{1}';

/// The whole finding, without a trailing newline.
pub(super) fn render(style: Style, sources: &Sources, finding: &Diagnostic) -> String {
    let charset = style.charset;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let (cuts, pictures): (Vec<usize>, Vec<_>) = pictures(charset, sources, &finding.labels).into_iter().unzip();
    let title = level.primary_title(charset.sanitize(finding.message.trim_end())).id(finding.code.name);
    let mut group = Group::with_title(title).elements(pictures);
    for remark in remarks(finding) {
        group = group.element(Level::NOTE.message(charset.sanitize(&remark)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(charset.sanitize_lines(help)));
    }
    let rendered = style.renderer().render(&[group]);
    match finding.labels.is_empty() {
        true => without_gutter(&rendered),
        false => with_true_columns(&rendered, &cuts),
    }
}

/// Removes the lines with only a gutter: without a picture, they separate nothing.
fn without_gutter(rendered: &str) -> String {
    let is_gutter = |line: &&str| ["|", "\u{2502}"].contains(&anstream::adapter::strip_str(line).to_string().trim());
    rendered.lines().filter(|line| !is_gutter(line)).collect::<Vec<_>>().join("\n")
}

/// Adds the number of characters that were cut from the lines of each picture to the column after its path.
fn with_true_columns(rendered: &str, cuts: &[usize]) -> String {
    let mut parts = rendered.split(AFTER_PATH);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, cut) in parts.zip(cuts) {
        // `:LINE:COLUMN`, then a color or the end of the line.
        let start = part.match_indices(':').nth(1).map_or(part.len(), |(colon, _)| colon + 1);
        let digits = part[start..].chars().take_while(char::is_ascii_digit).count();
        let (column, rest) = part[start..].split_at(digits);
        out += &part[..start];
        out += &column.parse().map_or(column.to_owned(), |column: usize| (column + cut).to_string());
        out += rest;
    }
    out
}

/// A picture, and the number of characters that were cut from the start of each of its lines.
type Picture = (usize, Snippet<'static, Annotation<'static>>);

/// One picture for the primary label and the labels near it, then one for each further group of labels, in order.
fn pictures(charset: Charset, sources: &Sources, labels: &[Label]) -> Vec<Picture> {
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
fn picture(charset: Charset, sources: &Sources, marks: &[Mark]) -> Picture {
    let file = sources.file(marks[0].label.span.file);
    let lines = marks.iter().map(|mark| mark.line);
    let (first, last) = (lines.clone().min().unwrap_or(1), lines.max().unwrap_or(1));
    let before = marks.iter().map(|mark| mark.column).min().unwrap_or(0);
    let cut = if before > 2 * BEFORE { before - BEFORE } else { 0 };
    let width = marks.iter().map(|mark| mark.column + mark.length).max().unwrap_or(0) + MARGIN - cut;

    let mut text = String::new();
    let mut annotations = Vec::new();
    for number in first..=last {
        let line = source_line(charset, file.part_of_line(number, cut, width));
        for mark in marks.iter().filter(|mark| mark.line == number) {
            let column = mark.column - cut;
            let byte = |column| text.len() + line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
            let words = charset.sanitize(&mark.label.text);
            annotations.push(
                mark.kind.span(byte(column)..byte(column + mark.length)).label((!words.is_empty()).then_some(words)),
            );
        }
        text.push_str(&line);
        text.push('\n');
    }
    let path = charset.sanitize(&file.name) + &AFTER_PATH.to_string();
    (cut, Snippet::source(text).line_start(first).path(path).annotations(annotations))
}

/// A line without control characters. Tabs are kept, because the renderer expands them and keeps the marks aligned.
fn source_line(charset: Charset, line: &str) -> String {
    line.split('\t').map(|part| charset.sanitize(part)).collect::<Vec<_>>().join("\t")
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
