//! Single values: booleans, text, and text of a given form.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, Suggestion, codes, nearest};
use crate::source::Spanned;
use crate::value::{Form, intended};
use crate::yaml::{Node, Value};

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        Some(Spanned { value: T::decode(node, decoder)?, span: node.span })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        T::schema(definitions)
    }

    fn if_missing() -> Option<&'static str> {
        T::if_missing()
    }
}

impl<T: Form + Send> Decode for T {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Text(text) => {
                let value = T::of(text);
                if value.is_none() {
                    let message = format!("`{text}` is not valid here: expected {}", T::WANTED);
                    let fault = Diagnostic::new(&codes::MALFORMED, node.span, message);
                    decoder.fault(corrected::<T>(text, fault));
                }
                return value;
            }
            Value::Number(text) => not_text::<T>(text, node, decoder),
            Value::Bool(value) => not_text::<T>(&value.to_string(), node, decoder),
            _ => decoder.not_text(node, T::WANTED),
        }
        None
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "pattern": T::PATTERN })
    }

    fn arn() -> Option<(&'static str, &'static str)> {
        T::ARN
    }

    fn if_missing() -> Option<&'static str> {
        T::IF_MISSING
    }
}

/// Reports that YAML reads the value as a number or a boolean. The help is valid text of this form.
fn not_text<T: Form>(written: &str, node: &Node, decoder: &mut Decoder) {
    let message = format!("expected {}, found {}", T::WANTED, node.kind());
    let fault = Diagnostic::new(&codes::WRONG_TYPE, node.span, message);
    let with_unit = T::UNIT.map(|unit| format!("{written}{unit}")).filter(|text| T::of(text).is_some());
    decoder.fault(match with_unit {
        Some(text) => fault.help(format!("add the unit: {text}")),
        None if T::of(written).is_some() => fault.help(format!("put it in quotes: \"{written}\"")),
        None => Diagnostic { suggestion: None, ..corrected::<T>(written, fault) },
    });
}

/// Adds to an error what the author of a text without this form probably intended, or how to write it.
fn corrected<T: Form>(text: &str, fault: Diagnostic) -> Diagnostic {
    match (intended::<T>(text).or_else(|| with_nearest_placeholders::<T>(text)), T::advice(text)) {
        (Some(intended), _) => {
            let suggestion = fault.labels.first().and_then(|at| Suggestion::replacement(at.span, text, &intended));
            let help = match is_plain(&intended) {
                true => format!("write `{intended}`"),
                false => format!("write `\"{intended}\"`"),
            };
            Diagnostic { suggestion: suggestion.map(Box::new), ..fault.help(help) }
        }
        (None, Some(advice)) => fault.help(advice),
        (None, None) => fault,
    }
}

/// Whether YAML reads the text as itself, also without quotes and in `[ ]` and `{ }`.
fn is_plain(text: &str) -> bool {
    let is_value = ["true", "false", "null", "none"].contains(&text.to_ascii_lowercase().as_str());
    let is_number = text.parse::<f64>().is_ok() || text.starts_with("0x") || text.starts_with("0o");
    let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric() || "/.".contains(c));
    begins
        && !is_value
        && !is_number
        && !text.contains(['{', '}', '[', ']', ',', '"', '\'', '#'])
        && !text.contains(": ")
}

/// The text with the nearest placeholder of this form for each one that does not exist.
fn with_nearest_placeholders<T: Form>(text: &str) -> Option<String> {
    let known: Vec<&str> = placeholders(T::WANTED).map(|(_, name)| name).collect();
    let mut near = String::new();
    let mut rest = 0;
    for (at, name) in placeholders(text) {
        let word = name.split(':').next().unwrap_or(name);
        near.push_str(&text[rest..at]);
        near.push_str(nearest(word, known.iter().copied()).unwrap_or(word));
        rest = at + word.len();
    }
    near.push_str(&text[rest..]);
    // Other placeholders of the text can be synonyms.
    [Some(near.clone()), T::intended(&near)].into_iter().flatten().find(|text| T::of(text).is_some())
}

/// The names in `{ }`, each with its place, in the order of the text. They do not overlap.
fn placeholders(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let opened = text.match_indices('{').map(|(at, _)| at + 1);
    opened.filter_map(|at| Some((at, text[at..].split_once('}')?.0))).filter(|(_, name)| !name.contains('{'))
}

impl Decode for bool {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Bool(b) => return Some(*b),
            Value::Text(text) if is_boolean_elsewhere(text) => decoder.fault(
                Diagnostic::new(&codes::WRONG_TYPE, node.span, format!("expected `true` or `false`, found `{text}`"))
                    .help(match text.to_ascii_lowercase().as_str() {
                        "true" | "yes" | "on" | "y" => "write `true`, without quotes",
                        _ => "write `false`, without quotes",
                    }),
            ),
            _ => decoder.wrong_type(node, "`true` or `false`"),
        }
        None
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "boolean" })
    }
}

/// Whether YAML 1.1 reads the word as a boolean.
fn is_boolean_elsewhere(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n")
}

/// Any text, on any number of lines.
impl Decode for String {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                decoder.not_text(node, "text");
                None
            }
        }
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string" })
    }
}
