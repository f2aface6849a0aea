//! Text in GitHub Flavored Markdown.

use super::is_deceptive;
use super::terminal::Charset;

/// A character reference for a zero-width space. It ends what GitHub would take for a mention or a link.
/// Dependabot and Renovate also use it (dependabot-core pull request 3157).
const BREAK: &str = "&#8203;";

/// Text on one line that is shown literally: it cannot start markup, end a table cell, mention a person or become a link.
///
/// Characters that begin markup get a backslash (GitHub Flavored Markdown specification, "Backslash escapes"). GitHub looks
/// for mentions and bare URLs after Markdown has removed the backslashes, so these are broken in two.
/// Characters that would hide or reorder their neighbors are replaced: as character references they would still act.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, c)| *c);
        match c {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => escaped.push('_'),
            '@' => escaped.extend(["@", BREAK]),
            ':' if text[at..].starts_with("://") => escaped.extend([":", BREAK]),
            '.' if ends_with_www(&text[..at]) => escaped.extend([BREAK, "."]),
            // GitHub renders text between dollar signs as mathematics.
            '$' | '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '~' => {
                escaped.extend(['\\', c]);
            }
            c if c.is_control() => {}
            c if is_deceptive(c) => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
        before = c;
    }
    escaped
}

fn ends_with_www(text: &str) -> bool {
    let last = text.len().checked_sub(3).and_then(|at| text.get(at..));
    last.is_some_and(|last| last.eq_ignore_ascii_case("www"))
}

/// Text as inline code, with a fence that is long enough. Empty text stays empty.
///
/// Inline code has no escapes. Characters that would hide or reorder their neighbors are replaced by visible ones, and a
/// `|` still ends a table cell.
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
