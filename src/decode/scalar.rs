//! Single values: booleans, text, and text of a given form.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions};
use crate::diagnostic::{Diagnostic, Suggestion, codes};
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
        let Some(text) = node.as_text() else {
            decoder.not_text(node, T::WANTED, T::UNIT);
            return None;
        };
        let value = T::of(text);
        if value.is_none() {
            let message = format!("`{text}` is not valid here: expected {}", T::WANTED);
            let fault = Diagnostic::new(&codes::MALFORMED, node.span, message);
            decoder.fault(match intended::<T>(text) {
                Some(intended) => Diagnostic {
                    suggestion: Suggestion::replacement(node.span, text, &intended).map(Box::new),
                    ..fault.help(match intended.contains('{') {
                        true => format!("write `\"{intended}\"`"),
                        false => format!("write `{intended}`"),
                    })
                },
                None => match T::advice(text) {
                    Some(advice) => fault.help(advice),
                    None => fault,
                },
            });
        }
        value
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string", "pattern": T::PATTERN })
    }

    fn if_missing() -> Option<&'static str> {
        T::IF_MISSING
    }
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
                decoder.not_text(node, "text", None);
                None
            }
        }
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "string" })
    }
}
