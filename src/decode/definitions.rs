//! The named parts of a JSON Schema while it is being built.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::Decode;
use super::accepts::accepts;

/// The end of the name of a part that describes a partial type.
const PARTIAL: &str = ".partial";

/// A schema that refers to the whole types of these names instead of the partial ones.
fn renamed(schema: &Json, whole: &BTreeSet<String>) -> Json {
    match schema {
        Json::Object(entries) => entries
            .iter()
            .map(|(key, value)| {
                let name = value.as_str().filter(|_| key == "$ref").and_then(|name| name.strip_suffix(PARTIAL));
                match name.filter(|name| name.strip_prefix("#/$defs/").is_some_and(|name| whole.contains(name))) {
                    Some(name) => (key.clone(), json!(name)),
                    None => (key.clone(), renamed(value, whole)),
                }
            })
            .collect(),
        Json::Array(items) => items.iter().map(|item| renamed(item, whole)).collect(),
        _ => schema.clone(),
    }
}

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
        let name = if self.partial { format!("{name}{PARTIAL}") } else { name.to_owned() };
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

    /// The schema of a value that cannot be `none`. Editors read the type of a value only at its own level, so this adds a
    /// condition to it instead of combining two schemas.
    pub fn needed<T: Decode>(&mut self) -> Json {
        let mut schema = T::schema(self);
        if accepts(&schema, &json!("none")) {
            schema["not"] = json!({ "const": "none" });
        }
        schema
    }

    /// Describes the types that follow as partial.
    pub fn begin_partial(&mut self) {
        self.partial = true;
    }

    /// Returns the named parts. Of two that say the same, only the one without `.partial` is left.
    pub fn into_named(mut self) -> BTreeMap<String, Json> {
        let mut same: BTreeSet<String> = self.named.keys().filter(|name| !name.ends_with(PARTIAL)).cloned().collect();
        loop {
            let differs = |name: &&String| match self.named.get(&format!("{name}{PARTIAL}")) {
                Some(partial) => renamed(partial, &same) != self.named[*name],
                None => true,
            };
            let different: Vec<String> = same.iter().filter(differs).cloned().collect();
            if different.is_empty() {
                break;
            }
            same.retain(|name| !different.contains(name));
        }
        self.named.retain(|name, _| name.strip_suffix(PARTIAL).is_none_or(|whole| !same.contains(whole)));
        self.named.into_iter().map(|(name, schema)| (name, renamed(&schema, &same))).collect()
    }

    /// Whether types are described as partial, without required keys.
    pub fn is_partial(&self) -> bool {
        self.partial
    }
}
