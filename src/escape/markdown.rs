//! Text in GitHub Flavored Markdown.

use std::fmt::Write;

use super::is_deceptive;
use super::terminal::Charset;

/// Text on one line that shows as that text: no markup, no end of a table's cell, no mention of a person.
///
/// Characters that begin markup get a backslash (GitHub Flavored Markdown specification, "Backslash escapes"), those
/// that would hide or reorder their neighbors are character references.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        match c {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => escaped.push('_'),
            '@' if is_mention(before, next) => escaped.push_str("@&#8203;"),
            // GitHub reads what stands between dollar signs as mathematics.
            '$' | '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '~' | '@' => {
                escaped.extend(['\\', c]);
            }
            c if c.is_control() => {}
            c if is_deceptive(c) => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
        before = c;
    }
    escaped
}

/// Whether GitHub takes an `@` between these characters for the mention of a person or team, who would be notified. It
/// looks for mentions after Markdown has taken backslashes away, so only a character between `@` and the name helps:
/// Dependabot and Renovate, too, put one without width there (dependabot-core pull request 3157).
fn is_mention(before: char, next: char) -> bool {
    let in_word = before.is_ascii_alphanumeric() || before == '_';
    !in_word && next.is_ascii_alphanumeric()
}

/// Text as code on one line, in the fence that it needs; empty stays empty.
///
/// Nothing can be escaped in code: what would hide or reorder its neighbors gets a stand-in, and a `|` would still end
/// a table's cell.
pub fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = Charset::Utf8.sanitize(&text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match (text.is_empty(), longest) {
        (true, _) => text,
        (_, 0) => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}
