//! Text in GitHub Flavored Markdown.

use std::fmt::Write;

use super::is_deceptive;
use super::terminal::Charset;

/// Text on one line that is shown literally: it cannot start markup, end a table cell or mention a person.
///
/// Characters that begin markup get a backslash (GitHub Flavored Markdown specification, "Backslash escapes").
/// Characters that would hide or reorder their neighbors become character references.
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
            // GitHub renders text between dollar signs as mathematics.
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

/// Whether GitHub takes an `@` between these characters for a mention, which would notify a person or team. GitHub looks
/// for mentions after Markdown has removed the backslashes, so only a character between `@` and the name helps.
/// Dependabot and Renovate also insert a zero-width character there (dependabot-core pull request 3157).
fn is_mention(before: char, next: char) -> bool {
    let in_word = before.is_ascii_alphanumeric() || before == '_';
    !in_word && next.is_ascii_alphanumeric()
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
