//! Unknown keys that are valid at another level of the spec.

use serde_json::Value as Json;

use super::json_schema::json_schema;
use super::key_places::{Files, contains};
use crate::decode::keys::VALID_KEYS;
use crate::diagnostic::{Diagnostic, codes};
use crate::prose;
use crate::source::{Sources, Span};
use crate::yaml::{Entry, Node, Value};

/// Adds to the errors about unknown keys where the keys belong, if that is at another level.
pub fn explain(sources: &Sources, findings: &mut [Diagnostic]) {
    let is_open = |finding: &&mut Diagnostic| *finding.code == codes::UNKNOWN_KEY && finding.suggestion.is_none();
    let mut files = Files::of(sources);
    let mut schema = None;
    for finding in findings.iter_mut().filter(is_open).take(MOST) {
        let Some(key) = finding.labels.first().map(|label| label.span) else { continue };
        let Some(root) = files.node(key.file) else { continue };
        let schema = Schema(schema.get_or_insert_with(json_schema));
        if let Some(help) = help(&levels(root, key, schema), schema, key, finding.help.as_deref().unwrap_or_default()) {
            finding.help = Some(help);
        }
    }
}

/// The number of errors that are explained at most, so that a spec full of unknown keys does not take long.
const MOST: usize = 100;

/// A map around the key, from the outermost to that which contains it.
struct Level<'n> {
    /// The key of the map; empty for the spec itself.
    name: &'n str,
    entries: &'n [Entry],
    schemas: Vec<Json>,
}

/// The JSON Schema of the language.
#[derive(Clone, Copy)]
struct Schema<'s>(&'s Json);

fn levels<'n>(root: &'n Node, key: Span, schema: Schema<'_>) -> Vec<Level<'n>> {
    let mut levels = Vec::new();
    let (mut name, mut node) = ("", root);
    let mut schemas = schema.alternatives(schema.0);
    loop {
        // Items of a list are at the level of the list.
        while let Some(item) = item_at(node, key) {
            schemas = schemas.iter().flat_map(|list| schema.alternatives(&list["items"])).collect();
            node = item;
        }
        let inner = node.entries().iter().find(|entry| contains(entry.value.span, key));
        let below = inner.map(|entry| schemas.iter().flat_map(|map| schema.value(map, &entry.key.text)).collect());
        levels.push(Level { name, entries: node.entries(), schemas });
        let (Some(entry), Some(below)) = (inner, below) else { return levels };
        (name, node, schemas) = (&entry.key.text, &entry.value, below);
    }
}

fn item_at(node: &Node, key: Span) -> Option<&Node> {
    match &node.value {
        Value::List(items) => items.iter().find(|item| contains(item.span, key)),
        _ => None,
    }
}

/// `given` is the help so far. Only a list of the valid keys is worse than any other level.
fn help(levels: &[Level<'_>], schema: Schema<'_>, key: Span, given: &str) -> Option<String> {
    let (level, outer) = levels.split_last()?;
    let name = &level.entries.iter().find(|entry| entry.key.span == key)?.key.text;
    let below = |other: &str| -> bool {
        let values = level.schemas.iter().flat_map(|map| schema.value(map, other));
        let mut records = values.filter(|value| !is_map(value));
        records.any(|record| record["properties"].get(name).is_some())
    };
    let sibling = level.entries.iter().map(|entry| entry.key.text.as_str()).find(|other| below(other));
    let limited = limited_to_environment(levels, key);
    let or_limited = limited.as_ref().map_or_else(String::new, |limited| format!("; {limited}"));
    if let Some(sibling) = sibling {
        return Some(format!("move `{name}` into `{sibling}`{or_limited}"));
    }
    // Without a suggestion, the nearest key is in the map already.
    if !given.starts_with(VALID_KEYS) && !given.starts_with("did you mean") {
        return None;
    }
    let known = level.schemas.iter().filter(|map| !is_map(map)).filter_map(|map| map["properties"].as_object());
    let known = known.flat_map(|keys| keys.keys().map(String::as_str));
    let mut owners: Vec<&str> = Vec::new();
    for owner in known.filter(|owner| below(owner)) {
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    if !owners.is_empty() {
        let places = owners.iter().map(|owner| format!("`{owner}: {{ {name}: … }}`"));
        return Some(format!("`{name}` belongs below another key: write {}", prose::either(places)) + &or_limited);
    }
    if limited.is_some() {
        return limited;
    }
    let at = outer.iter().rposition(|level| level.schemas.iter().any(|map| map["properties"].get(name).is_some()))?;
    let is_written = outer[at].entries.iter().any(|entry| entry.key.text == *name);
    Some(match (is_written, outer[at].name) {
        (true, "") => {
            format!("`{name}` belongs to the top level of the spec: remove it here, or merge it into the one there")
        }
        (true, owner) => format!("`{name}` belongs to `{owner}`: remove it here, or merge it into the one there"),
        (false, "") => format!("move `{name}` to the top level of the spec"),
        (false, owner) => {
            format!("move `{name}` out of `{}`, into `{owner}` itself", outer.get(at + 1).unwrap_or(level).name)
        }
    })
}

/// Where to write an entry that is only for some environments of the spec, if the key is `environments`.
fn limited_to_environment(levels: &[Level<'_>], key: Span) -> Option<String> {
    let [_, section, entry, ..] = levels else { return None };
    let written =
        levels.last()?.entries.iter().find(|entry| entry.key.span == key && entry.key.text == "environments")?;
    let first = match &written.value.value {
        Value::List(items) => items.first().and_then(Node::as_text),
        _ => written.value.as_text(),
    };
    let (section, entry, environment) = (section.name, entry.name, first.unwrap_or("NAME"));
    Some(format!(
        "to limit `{entry}` to an environment of the spec, write it under `environments.{environment}.{section}` instead"
    ))
}

/// Whether the keys of a map are names, and not those of the language.
fn is_map(schema: &Json) -> bool {
    schema["additionalProperties"].is_object()
}

impl Schema<'_> {
    /// The schemas of the value of a key.
    fn value(self, map: &Json, key: &str) -> Vec<Json> {
        match map["properties"].get(key) {
            Some(value) => self.alternatives(value),
            None => self.alternatives(&map["additionalProperties"]),
        }
    }

    /// A schema without references and choices.
    fn alternatives(self, schema: &Json) -> Vec<Json> {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            return self.alternatives(&self.0["$defs"][name]);
        }
        let choices = ["anyOf", "oneOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
        let branches = choices.chain(["then", "else"].iter().filter_map(|key| schema.get(*key)));
        let chosen: Vec<Json> = branches.flat_map(|choice| self.alternatives(choice)).collect();
        let own = (schema.get("properties").is_some()
            || schema["additionalProperties"].is_object()
            || schema.get("items").is_some())
        .then(|| schema.clone());
        own.into_iter().chain(chosen).collect()
    }
}
