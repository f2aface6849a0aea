//! The JSON Schema of a record.

use serde_json::{Map as JsonMap, Value as Json, json};

use super::{Decode, Definitions};

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
        self.optional_by(key, doc, T::schema, definitions);
    }

    /// The same for a value with this schema.
    pub fn optional_by(
        &mut self,
        key: &str,
        doc: &str,
        schema: fn(&mut Definitions) -> Json,
        definitions: &mut Definitions,
    ) {
        let mut schema = definitions.optional_by(schema);
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
