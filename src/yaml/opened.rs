//! What is still open where parsing failed: quotes, brackets and braces.

/// The positions of the quote and of the brackets that are open at the end of a text.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// The quote that begins the text at the end.
    pub(super) quote: Option<usize>,
    /// The brackets and braces, from the outermost to the innermost.
    pub(super) brackets: Vec<usize>,
}

impl Opened {
    /// Reads the text up to the error. A quote or bracket inside of text without quotes opens nothing.
    pub(super) fn at_end_of(text: &str) -> Self {
        let mut opened = Opened::default();
        let mut quote = ' ';
        // Whether a value can begin here, so that a quote or bracket opens something.
        let mut fresh = true;
        let mut block_text: Option<usize> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches(' ').len();
            let is_blank = line.trim().is_empty();
            if block_text.is_some_and(|outer| is_blank || indent > outer) {
                at += line.len();
                continue;
            }
            block_text = None;
            let mut before = '\n';
            let mut characters = line.char_indices().peekable();
            fresh |= opened.quote.is_none();
            while let Some((offset, c)) = characters.next() {
                let next = characters.peek().map_or('\n', |(_, c)| *c);
                let is_end = next.is_whitespace() || (!opened.brackets.is_empty() && ",[]{}".contains(next));
                if opened.quote.is_some() {
                    match c {
                        '\\' if quote == '"' => drop(characters.next()),
                        '\'' if quote == '\'' && next == '\'' => drop(characters.next()),
                        _ if c == quote => opened.quote = None,
                        _ => {}
                    }
                    fresh = false;
                } else {
                    match c {
                        '#' if before.is_whitespace() => break,
                        '"' | '\'' if fresh => (opened.quote, quote) = (Some(at + offset), c),
                        '[' | '{' if fresh => opened.brackets.push(at + offset),
                        ']' | '}' if !opened.brackets.is_empty() => drop(opened.brackets.pop()),
                        _ => {}
                    }
                    let begins = match c {
                        '[' | '{' => fresh,
                        ',' => !opened.brackets.is_empty(),
                        ':' | '-' | '?' => is_end,
                        _ => false,
                    };
                    fresh = begins || (fresh && c.is_whitespace());
                }
                before = c;
            }
            let code = line.split(" #").next().unwrap_or(line).trim_end();
            let header = code.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
            let is_header = [": |", ": >", "- |", "- >"].iter().any(|end| header.ends_with(end));
            if opened.quote.is_none() && opened.brackets.is_empty() && is_header {
                block_text = Some(indent);
            }
            at += line.len();
        }
        opened
    }
}
