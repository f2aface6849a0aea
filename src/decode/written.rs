//! Values as YAML, for helps that write out what to write.

use crate::yaml::{Node, Value};

/// A list of texts: in quotes where YAML could read them in another way.
pub(super) fn in_brackets(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|text| text_in_brackets(text)).collect::<Vec<_>>().join(", "))
}

/// A scalar, or a list of scalars, as it can be in `[ ]` and `{ }`.
pub(super) fn value(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text_in_brackets(text)),
        Value::Number(number) => Some(number.clone()),
        Value::List(items) => Some(format!("[{}]", items.iter().map(value).collect::<Option<Vec<_>>>()?.join(", "))),
        Value::Null | Value::None | Value::Bool(_) | Value::Map(_) => None,
    }
}

fn text_in_brackets(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    match text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}
