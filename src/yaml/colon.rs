//! Why YAML does not accept a colon, and the text to write instead.

/// The message and the help for a colon that cannot be where it is. `before` is the text before it.
pub(super) fn unexpected(before: &str, after: &str) -> (String, String) {
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = after.split('\n').next().unwrap_or_default();
    let line = format!("{}{rest}", &before[start..]).replace('\t', " ");
    let here = content(&line);
    if content(&line[..before.len() - start]).contains(": ") {
        let message = "a value without quotes cannot contain a colon that is followed by a space".to_owned();
        return (message, several(here));
    }
    let above = before[..start].lines().rev().find(|line| !content(line).is_empty());
    let message = "unexpected `:`; no key can start here".to_owned();
    let Some(above) = above else { return (message, GENERAL.to_owned()) };
    let text = content(above);
    let help = match (text.split_once(':'), here.split_once(':')) {
        (Some((above, value)), _) if !value.is_empty() && !value.starts_with(' ') => {
            format!("write a space after the colon on the line above: `{above}: {value}`")
        }
        (Some((above, value)), Some((key, _))) if !value.trim().is_empty() => {
            format!("align `{key}` with `{above}`, which already has a value")
        }
        (None, _) => {
            format!("write a colon after the key on the line above: `{text}: {{}}`, or `{text}:` before its keys")
        }
        _ => GENERAL.to_owned(),
    };
    (message, help)
}

/// The help for a second colon in an entry of `{ … }`.
pub(super) fn in_braces(before: &str, after: &str) -> Option<String> {
    let after = after.strip_prefix(':').filter(|after| after.starts_with([' ', '\n']))?;
    let entry = &before[before.rfind(['{', ',', '\n'])? + 1..];
    let (key, value) = entry.split_once(": ")?;
    let end = after.find([',', '}', ']', '\n']).unwrap_or(after.len());
    let value = format!("{}:{}", value.trim(), &after[..end]);
    Some(format!("write `{}: {}`", key.trim(), quoted(value.trim())))
}

/// The help for a line like `key:value`, in which a space is missing.
pub(super) fn without_space(line: &str) -> Option<String> {
    let (key, value) = content(line).split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    (is_key && !value.is_empty() && !value.starts_with(' '))
        .then(|| format!("write a space after the colon: `{key}: {value}`"))
}

const GENERAL: &str =
    "align the keys of a map, write a space after each colon, and put quotes around text that contains `: `";

/// The help for `key: a: b`.
fn several(entry: &str) -> String {
    let Some((key, value)) = entry.split_once(": ") else { return GENERAL.to_owned() };
    let value = value.trim();
    let text = format!("`{key}: {}`", quoted(value));
    let nested = [": {", ": ["].iter().filter_map(|begin| value.find(begin)).min();
    let of_key = value.strip_suffix(':').or(nested.map(|at| &value[..at]));
    if let Some(end) = of_key.filter(|end| end.contains(' ')) {
        let value = value[end.len() + 1..].trim_start();
        return format!("put quotes around the whole key: `{}: {value}`", quoted(&format!("{key}: {end}")));
    }
    let inner = value.split_once(": ").map_or(value, |(inner, _)| inner);
    match inner.contains(' ') || value.ends_with(':') {
        true => format!("put quotes around the value: {text}"),
        false => format!("write {text} for text, or `{key}: {{ {value} }}` for a map"),
    }
}

/// The text of a line without its indentation, the marks of list items and a comment.
fn content(line: &str) -> &str {
    let line = line.split(" #").next().unwrap_or(line).trim();
    let line = line.trim_start_matches("- ").trim_start();
    if line.starts_with('#') { "" } else { line }
}

/// The text in quotes, with as few escapes as possible.
fn quoted(text: &str) -> String {
    match text.contains(['"', '\\']) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => format!("\"{text}\""),
    }
}
