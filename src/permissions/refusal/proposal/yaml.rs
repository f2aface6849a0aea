//! Edits of YAML text: an item of a list, a key of a map, an entry. Each keeps the style of its neighbors.

use crate::source::{Edit, Sources, Span, Spanned};

/// A word of YAML. It is quoted unless it is certainly a text.
pub(super) fn word(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._/-".contains(c))
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// Replaces a value.
pub(super) fn replace(span: Span, text: impl Into<String>) -> Option<Edit> {
    Some(Edit { span, text: text.into() })
}

/// Adds an item after the last item of a list.
pub(super) fn add_item<T>(sources: &Sources, items: &[Spanned<T>], text: &str) -> Option<Edit> {
    let last = items.last()?.span;
    let before = before(sources, last);
    let inserted = match before.trim_end().chars().next_back()? {
        '[' | ',' => format!(", {}", word(text)),
        '-' => {
            let line = last_line(before);
            let indent = &line[..line.len() - line.trim_start().len()];
            // A list in a list begins on the same line as its own dash.
            (line.trim() == "-").then(|| format!("\n{indent}- {}", word(text)))?
        }
        _ => return None,
    };
    insert(last.end, last, inserted)
}

/// Adds keys to the map that has this value.
pub(super) fn add_keys(sources: &Sources, value: Span, keys: &[(&str, String)]) -> Option<Edit> {
    let before = before(sources, value);
    let line = last_line(before);
    let key = line.trim_start();
    let above = before[..before.len() - line.len() + (line.len() - key.len())].trim_end();
    let is_block = key.trim_end().ends_with(':')
        && !key.contains(['{', ',', '['])
        && !key.starts_with("- ")
        && !above.ends_with(['{', ',']);
    let separator = match is_block {
        true => format!("\n{}", &line[..line.len() - key.len()]),
        false => ", ".to_owned(),
    };
    insert(value.end, value, keys.iter().map(|(key, text)| format!("{separator}{key}: {text}")).collect())
}

/// Adds an entry before the one with this name.
pub(super) fn add_entry(sources: &Sources, name: Span, new: &str, body: &str) -> Option<Edit> {
    let before = before(sources, name);
    let line = last_line(before);
    let is_block = line.trim().is_empty() && !before.trim_end().ends_with(['{', ',']);
    let separator = if is_block { format!("\n{line}") } else { ", ".to_owned() };
    insert(name.start, name, format!("{new}: {body}{separator}"))
}

fn insert(at: u32, near: Span, text: String) -> Option<Edit> {
    Some(Edit { span: Span { start: at, end: at, ..near }, text })
}

fn before(sources: &Sources, span: Span) -> &str {
    &sources.file(span.file).text[..span.start as usize]
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or(text)
}
