//! The JSON Schema of a record.

use serde_json::{Map as JsonMap, Value as Json, json};

use super::accepts::accepts;
use super::{Decode, Definitions};

/// The JSON Schema of a record while it is being built.
#[derive(Default)]
pub struct RecordSchema {
    properties: JsonMap<String, Json>,
    required: Vec<String>,
    choice: Option<Json>,
    constraints: Vec<Json>,
}

impl RecordSchema {
    /// Adds a key that can be left out or `none`.
    pub fn optional<T: Decode>(&mut self, key: &str, doc: &str, definitions: &mut Definitions) {
        self.optional_by(key, doc, T::schema, definitions);
    }

    /// Adds an optional key whose value has this schema.
    pub fn optional_by(
        &mut self,
        key: &str,
        doc: &str,
        schema: fn(&mut Definitions) -> Json,
        definitions: &mut Definitions,
    ) {
        self.properties.insert(key.to_owned(), described(definitions.optional_by(schema), key, doc));
    }

    /// Adds a key that must be set.
    pub fn required<T: Decode>(&mut self, key: &str, doc: &str, definitions: &mut Definitions) {
        if definitions.is_partial() {
            return self.optional::<T>(key, doc, definitions);
        }
        self.properties.insert(key.to_owned(), described(definitions.needed::<T>(), key, doc));
        self.required.push(key.to_owned());
    }

    /// Adds a key that must be set, in a record that is decoded even without it.
    pub fn needed<T: Decode>(&mut self, key: &str, doc: &str, definitions: &mut Definitions) {
        self.required::<T>(key, doc, definitions);
    }

    /// Requires exactly one of these keys.
    pub fn exactly_one(&mut self, keys: &[&str]) {
        self.choice = Some(keys.iter().map(|key| written(key)).collect());
    }

    /// Requires at least one of these keys.
    pub fn at_least_one(&mut self, keys: &[&str]) {
        let any: Vec<Json> = keys.iter().map(|key| written(key)).collect();
        self.constraints.push(json!({ "anyOf": any }));
    }

    /// Allows at most one of these keys.
    pub fn at_most_one(&mut self, keys: &[&str]) {
        let pairs = keys.iter().enumerate().flat_map(|(i, a)| keys[i + 1..].iter().map(move |b| (a, b)));
        let both = |(a, b): (&&str, &&str)| {
            let set = json!({ "not": { "const": "none" } });
            json!({ "not": { "required": [a, b], "properties": { *a: set.clone(), *b: set } } })
        };
        self.constraints.extend(pairs.map(both));
    }

    /// Requires `other` where `key` is set.
    pub fn needs(&mut self, key: &str, other: &str) {
        self.constraints.push(json!({ "if": written(key), "then": written(other) }));
    }

    /// Requires `other` where the value of `key` is this word.
    pub fn word_needs(&mut self, key: &str, word: &str, other: &str) {
        let is_word = json!({ "required": [key], "properties": { key: { "const": word } } });
        self.constraints.push(json!({ "if": is_word, "then": written(other) }));
    }

    /// Returns the schema of the record.
    pub fn finish(self, doc: &str, definitions: &Definitions) -> Json {
        let mut schema = json!({
            "type": "object",
            "description": doc.trim(),
            "properties": self.properties,
            "additionalProperties": false,
        });
        if let (false, Some(object)) = (definitions.is_partial(), schema.as_object_mut()) {
            if !self.required.is_empty() {
                object.insert("required".into(), json!(self.required));
            }
            object.extend(self.choice.map(|choice| ("oneOf".to_owned(), choice)));
            if !self.constraints.is_empty() {
                object.insert("allOf".into(), json!(self.constraints));
            }
        }
        schema
    }
}

/// The condition that the key is set to something other than `none`: not that it is missing or `none`. Editors offer keys
/// that they find in conditions, except in negated ones.
fn written(key: &str) -> Json {
    json!({ "not": { "properties": { key: { "const": "none" } } } })
}

/// The schema of a key with what editors show: a title, the description, and the default, if it is a value of the key.
fn described(mut schema: Json, key: &str, doc: &str) -> Json {
    if let Some(default) = default(doc).filter(|default| accepts(&schema, default)) {
        schema["default"] = default;
    }
    schema["title"] = json!(key);
    schema["description"] = json!(doc.trim());
    schema
}

/// The default in a description: ``Default: `expire`.``
fn default(doc: &str) -> Option<Json> {
    let (_, rest) = doc.split_once("Default: `")?;
    let (text, rest) = rest.split_once('`')?;
    // Editors insert the default without quotes.
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphanumeric()) && !text.contains('{');
    (rest.starts_with('.') && is_plain).then(|| serde_json::from_str(text).unwrap_or_else(|_| json!(text)))
}
