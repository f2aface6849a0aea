//! What the declarations in `record.rs` expand to: keys of a record, words, texts of a form.

use serde_json::{Map as JsonMap, Value as Json, json};

use super::decode::{Decode, Decoder, nearest, suggestion};
use super::schema::Definitions;
use crate::diagnostic::Diagnostic;
use crate::node::{Entry, Node, Value};

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
    known: &'n [&'static str],
}

impl<'n> Keys<'n> {
    /// A map, its unknown keys reported.
    pub fn of(node: &'n Node, known: &'n [&'static str], decoder: &mut Decoder) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            let fault = Diagnostic::error("wrong-type", node.span, format!("expected a map, found {}", node.kind()));
            decoder.fault(
                fault.help(match &node.value {
                    Value::Null => {
                        "write `{}` when there is nothing to say; what belongs to the key stands two spaces deeper"
                            .to_owned()
                    }
                    _ => format!("keys here: {}", known.join(", ")),
                }),
            );
            return None;
        }
        for entry in node.entries().iter().filter(|entry| !known.contains(&entry.key.text.as_str())) {
            let key = &entry.key;
            let help = elsewhere(&key.text)
                .map_or_else(|| suggestion(&key.text, known.iter().copied(), "keys here"), str::to_owned);
            decoder.fault(Diagnostic::error("unknown-key", key.span, format!("unknown key `{}`", key.text)).help(help));
        }
        Some(Keys { node, known })
    }

    /// A key and its value, unless that is `none`.
    fn written(&self, key: &str) -> Option<&'n Entry> {
        self.node.entry(key).filter(|entry| entry.value.value != Value::None)
    }

    /// A key that may be left out.
    pub fn optional<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        decoder.key(key, &self.written(key)?.value)
    }

    /// A key that must be there.
    pub fn required<T: Decode>(&self, key: &str, decoder: &mut Decoder) -> Option<T> {
        if let Some(entry) = self.written(key) {
            return decoder.key(key, &entry.value);
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
        let there: Vec<_> = keys.iter().filter_map(|key| self.written(key)).collect();
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
        // An unknown key is reported already, and if it looks like one of these it is the likely reason.
        let unknown = |entry: &&Entry| !self.known.contains(&entry.key.text.as_str());
        let misspelt = |entry: &Entry| nearest(&entry.key.text, keys.iter().copied()).is_some();
        if self.node.entries().iter().filter(unknown).any(misspelt) {
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

/// Where something is said that people look for under another key, and what cannot be said at all.
fn elsewhere(key: &str) -> Option<&'static str> {
    let help = match key {
        "aws_access_key_id" | "aws_secret_access_key" | "access_key" | "secret_key" => {
            "no static keys here: `github`, `gitlab`, `irsa`, `assumed_by` and the like give credentials that end by themselves"
        }
        "lifecycle" | "lifecycle_policy" | "lifecycle_rules" => "which images stay is said by `retention`",
        "tags" => "classes of image tags stand under `image_tags`, AWS tags under `resource_tags`",
        _ => return None,
    };
    Some(help)
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
        decoder.not_text(node, wanted);
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
        let mut schema = definitions.needed::<T>();
        schema["description"] = json!(doc.trim());
        self.properties.insert(key.to_owned(), schema);
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
