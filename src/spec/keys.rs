//! What the declarations in `record.rs` expand to: keys of a record, words, texts of a form.

use serde_json::{Map as JsonMap, Value as Json, json};

use super::decode::{Decode, Decoder, nearest, suggestion};
use super::schema::Definitions;
use crate::diagnostic::Diagnostic;
use crate::node::{Node, Value};

/// The name of a key: that of its field, without the `r#` of Rust's own words.
pub const fn name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// The keys of one map that is being decoded.
pub struct Keys<'n> {
    node: &'n Node,
}

impl<'n> Keys<'n> {
    /// A map, its unknown keys reported.
    pub fn of(node: &'n Node, known: &[&'static str], decoder: &mut Decoder) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            let fault = Diagnostic::error("wrong-type", node.span, format!("expected a map, found {}", node.kind()));
            decoder.fault(fault.help(match &node.value {
                Value::Null => "write `{}` when there is nothing to say, or leave the key out".to_owned(),
                _ => format!("keys here: {}", known.join(", ")),
            }));
            return None;
        }
        for entry in node.entries().iter().filter(|entry| !known.contains(&entry.key.text.as_str())) {
            let key = &entry.key;
            decoder.fault(
                Diagnostic::error("unknown-key", key.span, format!("unknown key `{}`", key.text)).help(suggestion(
                    &key.text,
                    known.iter().copied(),
                    "keys here",
                )),
            );
        }
        Some(Keys { node })
    }

    /// A key that may be left out.
    pub fn optional<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        decoder.key(key, self.node.get(key)?)
    }

    /// A key that must be there.
    pub fn required<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        if let Some(node) = self.node.get(key) {
            return decoder.key(key, node);
        }
        decoder.fault(
            Diagnostic::error("missing-key", self.node.span, format!("`{key}` is missing"))
                .help(format!("write `{key}: …` here")),
        );
        None
    }

    /// A key that must be there, in a record that goes on without it.
    pub fn needed<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        self.required(key, decoder)
    }

    /// Of these keys one must be there, and only one.
    pub fn exactly_one(&self, keys: &[&str], decoder: &mut Decoder) {
        if self.at_most_one(keys, decoder) == 0 {
            self.none_of(keys, decoder);
        }
    }

    /// Of these keys one may be there, not two. Returns how many are.
    pub fn at_most_one(&self, keys: &[&str], decoder: &mut Decoder) -> usize {
        let there: Vec<_> = keys.iter().filter_map(|key| self.node.entry(key)).collect();
        if let [first, second, ..] = there.as_slice() {
            decoder.fault(
                Diagnostic::error(
                    "keys-exclude-each-other",
                    second.key.span,
                    format!("`{}` and `{}` cannot stand together", first.key.text, second.key.text),
                )
                .and(first.key.span, "the other one")
                .help(format!("one of: {}", keys.join(", "))),
            );
        }
        there.len()
    }

    fn none_of(&self, keys: &[&str], decoder: &mut Decoder) {
        // A misspelt key among the unknown ones is reported already, and is the likely reason.
        let misspelt = |entry: &&crate::node::Entry| nearest(&entry.key.text, keys.iter().copied()).is_some();
        if self.node.entries().iter().any(|entry| misspelt(&entry)) {
            return;
        }
        decoder.fault(
            Diagnostic::error(
                "missing-key",
                self.node.span,
                format!("one of these keys is needed: {}", keys.join(", ")),
            )
            .help(format!("write `{}: …` here, for example", keys[0])),
        );
    }
}

/// One of some words.
pub fn word(node: &Node, words: &[&'static str], decoder: &mut Decoder) -> Option<&'static str> {
    let wanted = || words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
    let Some(text) = node.as_text() else {
        decoder.wrong_type(node, &wanted());
        return None;
    };
    if let Some(word) = words.iter().find(|word| **word == text) {
        return Some(word);
    }
    let fault = Diagnostic::error("unknown-word", node.span, format!("expected {}, found `{text}`", wanted()));
    decoder.fault(match nearest(text, words.iter().copied()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    });
    None
}

/// A text of a form.
pub fn formed<T>(node: &Node, wanted: &str, decoder: &mut Decoder, parse: fn(&str) -> Option<T>) -> Option<T> {
    let Some(text) = node.as_text() else {
        decoder.wrong_type(node, &format!("{wanted} (text)"));
        return None;
    };
    let parsed = parse(text);
    if parsed.is_none() {
        decoder.fault(Diagnostic::error("malformed", node.span, format!("`{text}` is not {wanted}")));
    }
    parsed
}

/// The JSON Schema of a record while it is being made.
#[derive(Default)]
pub struct RecordSchema {
    properties: JsonMap<String, Json>,
    required: Vec<String>,
    choice: JsonMap<String, Json>,
}

impl RecordSchema {
    /// A key that may be left out, or be `none`.
    pub fn optional<T: Decode>(&mut self, key: &str, doc: &str, definitions: &mut Definitions) {
        let mut schema = definitions.optional::<T>();
        schema["description"] = json!(doc.trim());
        self.properties.insert(key.to_owned(), schema);
    }

    /// A key that must be there.
    pub fn required<T: Decode>(&mut self, key: &str, doc: &str, definitions: &mut Definitions) {
        if definitions.is_partial() {
            return self.optional::<T>(key, doc, definitions);
        }
        let schema = T::schema(definitions);
        self.properties.insert(
            key.to_owned(),
            json!({ "allOf": [schema, { "not": { "const": "none" } }], "description": doc.trim() }),
        );
        self.required.push(key.to_owned());
    }

    /// A key that must be there, in a record that goes on without it.
    pub fn needed<T: Decode>(&mut self, key: &str, doc: &str, definitions: &mut Definitions) {
        self.required::<T>(key, doc, definitions);
    }

    /// Exactly one of these keys.
    pub fn exactly_one(&mut self, keys: &[&str]) {
        self.choice.insert("oneOf".into(), keys.iter().map(|key| written(key)).collect());
    }

    /// Not two of these keys.
    pub fn at_most_one(&mut self, keys: &[&str]) {
        let pairs = keys.iter().enumerate().flat_map(|(i, a)| keys[i + 1..].iter().map(move |b| (a, b)));
        let apart = pairs.map(|(a, b)| json!({ "not": { "allOf": [written(a), written(b)] } }));
        self.choice.insert("allOf".into(), apart.collect());
    }

    /// The whole.
    pub fn finish(self, doc: &str, definitions: &Definitions) -> Json {
        let mut schema = json!({
            "type": "object",
            "description": doc.trim(),
            "properties": self.properties,
            "additionalProperties": false,
        });
        if let (false, Some(object)) = (definitions.is_partial(), schema.as_object_mut()) {
            object.insert("required".into(), json!(self.required));
            object.extend(self.choice);
        }
        schema
    }
}

/// The key is there and says something other than `none`.
fn written(key: &str) -> Json {
    json!({ "required": [key], "properties": { key: { "not": { "const": "none" } } } })
}
