//! The keys of the language, with what the reference says about each.
//!
//! They are read from the JSON Schema, which the decoder declares, so the reference cannot lack a key or describe another one.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::json_schema::json_schema;
use crate::prose::either;

/// The keys of one kind of map.
#[derive(Clone, Debug)]
pub struct Section {
    /// Where the map is in a spec, such as `repositories.NAME` or `repositories.NAME.retention[]`; the first one is empty for
    /// the top level.
    pub places: Vec<String>,
    /// What it describes.
    pub about: String,
    /// Its keys.
    pub keys: Vec<Key>,
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// The values that it can have, such as ``list of `pull`, `push` or text``.
    pub kind: String,
    /// What it means.
    pub meaning: String,
    /// The default, such as `Default: no repositories.`, or when it is required, such as `Required.`.
    pub default: String,
    /// An example in YAML, with the key.
    pub example: String,
    /// The definition of the keys below it, if it has such keys, and the steps to them: `.NAME` or `[]`.
    below: Option<(String, String)>,
}

/// What a path leads to.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path of the key, with `NAME` for names.
    pub path: String,
    /// The key.
    pub key: Key,
    /// The keys below it.
    pub below: Vec<Key>,
}

/// All keys, the top level first. Maps that are equal are one section.
pub fn sections() -> Vec<Section> {
    let schema = json_schema();
    let mut sections = vec![section(&schema, "Spec", String::new())];
    let mut numbers = HashMap::from([("Spec".to_owned(), 0)]);
    let mut next = 0;
    while next < sections.len() {
        let place = sections[next].places[0].clone();
        for key in sections[next].keys.clone() {
            let Some((name, steps)) = &key.below else { continue };
            let place = format!("{}{steps}", joined(&place, &key.name));
            match numbers.get(name) {
                Some(number) => sections[*number].places.push(place),
                None => {
                    numbers.insert(name.clone(), sections.len());
                    sections.push(section(&schema, name, place));
                }
            }
        }
        next += 1;
    }
    sections
}

/// Finds a key by its path, such as `repositories.cart.retention.keep`. Names, such as `cart`, can be left out.
pub fn find(path: &str) -> Option<Found> {
    let schema = json_schema();
    let (mut record, mut place) = ("Spec".to_owned(), String::new());
    let steps: Vec<&str> = path.split('.').map(|step| step.trim_end_matches("[]")).collect();
    let mut at = 0;
    loop {
        let key = section(&schema, &record, String::new()).keys.into_iter().find(|key| key.name == steps[at])?;
        let path = joined(&place, &key.name);
        let below = key.below.as_ref().map(|(name, _)| section(&schema, name, String::new()).keys).unwrap_or_default();
        at += 1;
        let is_key = |step: &&str| below.iter().any(|key| key.name == *step);
        let is_name =
            key.below.as_ref().is_some_and(|(_, steps)| steps.contains(".NAME")) || key.kind.starts_with("map");
        at += usize::from(is_name && steps.get(at).is_some_and(|step| !is_key(step)));
        if at == steps.len() {
            return Some(Found { path, key, below });
        }
        let (name, steps) = key.below.as_ref()?;
        (place, record) = (format!("{path}{steps}"), name.clone());
    }
}

/// The path of the first key with this name, the top level first.
pub fn path_of(name: &str) -> Option<String> {
    sections().iter().find_map(|section| {
        let key = section.keys.iter().find(|key| key.name == name)?;
        Some(joined(&section.places[0], &key.name))
    })
}

fn joined(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

fn section(schema: &Json, name: &str, place: String) -> Section {
    let record = &schema["$defs"][name];
    // Both forms of the top level take these keys from the file.
    let property = |key: &str| match &record["properties"][key] {
        Json::Bool(_) => schema["properties"][key].clone(),
        property => property.clone(),
    };
    let keys = record["properties"].as_object().into_iter().flat_map(|keys| keys.keys());
    Section {
        places: vec![place],
        about: record["description"].as_str().unwrap_or_default().to_owned(),
        keys: keys.map(|name| key(name, &property(name))).collect(),
    }
}

fn key(name: &str, property: &Json) -> Key {
    let description = property["description"].as_str().unwrap_or_default();
    let (text, example) = description.split_once("Example: `").unwrap_or((description, ""));
    let start = ["Default: ", "Required"].iter().filter_map(|word| text.find(word)).min().unwrap_or(text.len());
    Key {
        name: name.to_owned(),
        kind: kind(property),
        meaning: text[..start].trim().to_owned(),
        default: text[start..].trim().to_owned(),
        example: example.trim_end_matches("`.").to_owned(),
        below: below(property, String::new()),
    }
}

/// The definition of the keys below a value, and the steps to it.
fn below(schema: &Json, steps: String) -> Option<(String, String)> {
    if let Some(name) = reference(schema) {
        // The keys of an environment are those of the top level, and a reference is written as a value.
        let name = if name == "Environment" { "Spec" } else { name };
        return (name != "ReferenceKeys").then(|| (name.to_owned(), steps));
    }
    let any = schema["anyOf"].as_array().into_iter().flatten().find_map(|one| below(one, steps.clone()));
    any.or_else(|| below(schema.get("items")?, format!("{steps}[]"))).or_else(|| {
        let values = schema.get("additionalProperties").filter(|values| values.is_object())?;
        below(values, format!("{steps}.NAME"))
    })
}

fn reference(schema: &Json) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/$defs/")
}

/// The values that a schema accepts, in words. `none`, which removes every setting, is left out.
fn kind(schema: &Json) -> String {
    if let Some(name) = reference(schema) {
        return if name == "ReferenceKeys" { "`{ ref: … }`".into() } else { "map".into() };
    }
    if let Some(word) = schema["const"].as_str() {
        return format!("`{word}`");
    }
    if let Some(words) = schema["enum"].as_array() {
        return either(words.iter().filter_map(Json::as_str).map(|word| format!("`{word}`")));
    }
    if schema["anyOf"].is_array() {
        let mut kinds = alternatives(schema);
        kinds.dedup();
        return either(kinds.into_iter());
    }
    let limits = || match (schema["minimum"].as_f64(), schema["maximum"].as_f64()) {
        (Some(least), Some(most)) if most < 1e9 => format!(" from {least} to {most}"),
        _ => String::new(),
    };
    match schema["type"].as_str() {
        Some("array") => format!("list of {}", schema.get("items").map_or_else(|| "values".into(), kind)),
        Some("object") if schema["properties"].get("variable").is_some() => "`{ variable: … }`".into(),
        Some("object") => match schema.get("additionalProperties").filter(|values| values.is_object()) {
            Some(values) => format!("map of names to {}", kind(values)),
            None => "AWS JSON as YAML".into(),
        },
        Some("boolean") => "`true` or `false`".into(),
        Some("integer") => format!("whole number{}", limits()),
        Some("number") => format!("number{}", limits()),
        _ => "text".into(),
    }
}

/// The alternatives of an alternative, so that all are one list.
fn alternatives(schema: &Json) -> Vec<String> {
    let words = schema["enum"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match schema["anyOf"].as_array() {
        Some(all) => all.iter().filter(|one| one["const"] != "none").flat_map(alternatives).collect(),
        None if words.is_empty() => vec![kind(schema)],
        None => words,
    }
}
