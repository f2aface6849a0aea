//! Wrapping of sentences and of table rows for a terminal.

/// Maximum number of columns of a sentence if the terminal is not narrower, unless a single word is longer.
pub(super) const WIDTH: usize = 100;

/// A sentence wrapped onto lines of `columns`. The first line is indented by `first` columns and the others by `rest`.
pub(super) fn wrapped(columns: usize, sentence: &str, first: usize, rest: usize) -> String {
    let lines = fold(sentence, columns.saturating_sub(rest.max(first)).max(1));
    let line = |(i, line): (usize, &String)| format!("{}{line}\n", " ".repeat(if i == 0 { first } else { rest }));
    lines.iter().enumerate().map(line).collect()
}

/// Words wrapped onto lines of a maximum width. A longer word gets its own line.
pub(super) fn fold(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Breaks the lines of a report that are longer than `width`, if there is a limit. The rest of a row continues below its
/// last cell, and nothing is lost. The text must have no colors.
pub(super) fn fit(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        broken(line, width, &mut out);
    }
    out
}

fn broken(line: &str, width: usize, out: &mut String) {
    let mut rest: Vec<char> = line.chars().collect();
    let hanging = hanging(&rest, width);
    let mut indent = 0;
    while indent + rest.len() > width {
        // The text before the first break has its own indentation, which is not a place to break.
        let leading = rest.iter().take_while(|c| **c == ' ').count();
        let fits = (leading + 1..rest.len()).rfind(|at| rest[*at] == ' ' && indent + at <= width);
        let Some(at) = fits.or_else(|| (leading + 1..rest.len()).find(|at| rest[*at] == ' ')) else { break };
        push(&rest[..at], indent, out);
        rest = rest[at..].iter().copied().skip_while(|c| *c == ' ').collect();
        indent = hanging;
    }
    push(&rest, indent, out);
}

fn push(text: &[char], indent: usize, out: &mut String) {
    let text: String = text.iter().collect();
    out.extend(std::iter::repeat_n(' ', if text.is_empty() { 0 } else { indent }));
    out.push_str(text.trim_end());
    out.push('\n');
}

/// The column at which the rest of a line continues: that of the last cell which starts in the left two thirds.
fn hanging(line: &[char], width: usize) -> usize {
    let starts = |at: &usize| line[*at] != ' ' && line[at - 1] == ' ' && line[at - 2] == ' ';
    (2..line.len().min(width * 2 / 3)).rfind(starts).unwrap_or(0)
}

/// A text in pieces of at most `width` characters, broken at spaces, or after another separator of a longer word.
pub(super) fn pieces(text: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    for line in fold(text, width) {
        let mut rest = line.as_str();
        while let Some((end, _)) = rest.char_indices().nth(width) {
            let cut = rest[..end].rfind(['/', '-', '_', '.']).map_or(end, |at| at + 1);
            pieces.push(rest[..cut].to_owned());
            rest = &rest[cut..];
        }
        pieces.push(rest.to_owned());
    }
    pieces
}
