//! Named parts of a JSON Schema while it is being made.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Decode;

/// Named parts of the schema while it is being made.
///
/// A file that has `extends` or `environments` is only part of a spec: what one level lacks another
/// may bring, and an environment overrides single settings. There the same types are described as
/// *partial*: nothing is required, and the merged result is judged by the decoder alone.
#[derive(Default)]
pub struct Definitions {
    partial: bool,
    named: BTreeMap<String, Json>,
}

impl Definitions {
    /// Refers to a named part, which `make` describes the first time.
    pub fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        let name = if self.partial { format!("{name}.partial") } else { name.to_owned() };
        if !self.named.contains_key(&name) {
            // Written before `make` runs, so that a type may hold itself.
            self.named.insert(name.clone(), Json::Null);
            let schema = make(self);
            self.named.insert(name.clone(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// The schema of a value that may also be `none`.
    pub fn optional<T: Decode>(&mut self) -> Json {
        self.optional_by(T::schema)
    }

    /// The same for a value with this schema.
    pub fn optional_by(&mut self, schema: fn(&mut Self) -> Json) -> Json {
        json!({ "anyOf": [schema(self), { "const": "none" }] })
    }

    /// The schema of a value that `none` cannot stand for.
    pub fn needed<T: Decode>(&mut self) -> Json {
        json!({ "allOf": [T::schema(self), { "not": { "const": "none" } }] })
    }

    /// From here on types are described as partial.
    pub fn begin_partial(&mut self) {
        self.partial = true;
    }

    /// The named parts.
    pub fn into_named(self) -> BTreeMap<String, Json> {
        self.named
    }

    /// Whether keys can be required here.
    pub fn is_partial(&self) -> bool {
        self.partial
    }
}
