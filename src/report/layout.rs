//! Sentences on lines of a terminal.

/// Columns of a line where the words admit it.
pub(super) const WIDTH: usize = 100;

/// A sentence on as many lines as it needs; the first begins at one column, the others at another.
pub(super) fn wrapped(sentence: &str, first: usize, rest: usize) -> String {
    let lines = fold(sentence, WIDTH - rest.max(first));
    let line = |(i, line): (usize, &String)| format!("{}{line}\n", " ".repeat(if i == 0 { first } else { rest }));
    lines.iter().enumerate().map(line).collect()
}

/// The words on lines of a width; a word that is longer has one of its own.
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
