//! Wrapping of sentences for a terminal.

/// Maximum number of columns of a line, unless a single word is longer.
pub(super) const WIDTH: usize = 100;

/// A sentence wrapped onto lines. The first line is indented by `first` columns and the others by `rest`.
pub(super) fn wrapped(sentence: &str, first: usize, rest: usize) -> String {
    let lines = fold(sentence, WIDTH - rest.max(first));
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
