//! The named parts of a JSON Schema while it is being built.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Decode;

/// The named parts of a JSON Schema (`$defs`) while it is being built.
///
/// A file with `extends` or `environments` is only part of a spec: a key that is missing at one level can be set at
/// another, and an environment overrides single settings. For such files the same types are described as *partial*:
/// no key is required, and only the decoder checks the merged result.
#[derive(Default)]
pub struct Definitions {
    partial: bool,
    named: BTreeMap<String, Json>,
}

impl Definitions {
    /// Refers to a named part. `make` builds its schema the first time.
    pub fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Json) -> Json {
        let name = if self.partial { format!("{name}.partial") } else { name.to_owned() };
        if !self.named.contains_key(&name) {
            // Inserted before `make` runs, so that a type can contain itself.
            self.named.insert(name.clone(), Json::Null);
            let schema = make(self);
            self.named.insert(name.clone(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// The schema of a value that can also be `none`.
    pub fn optional<T: Decode>(&mut self) -> Json {
        self.optional_by(T::schema)
    }

    /// The schema of a value that can also be `none`, from the schema of the value itself.
    pub fn optional_by(&mut self, schema: fn(&mut Self) -> Json) -> Json {
        json!({ "anyOf": [schema(self), { "const": "none" }] })
    }

    /// The schema of a value that cannot be `none`.
    pub fn needed<T: Decode>(&mut self) -> Json {
        json!({ "allOf": [T::schema(self), { "not": { "const": "none" } }] })
    }

    /// Describes the types that follow as partial.
    pub fn begin_partial(&mut self) {
        self.partial = true;
    }

    /// Returns the named parts.
    pub fn into_named(self) -> BTreeMap<String, Json> {
        self.named
    }

    /// Whether types are described as partial, without required keys.
    pub fn is_partial(&self) -> bool {
        self.partial
    }
}
