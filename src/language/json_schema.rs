//! The JSON Schema of the language, generated from the declarations that also decode it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Spec;
use crate::decode::{Decode, Definitions};
use crate::value::{EnvironmentName, Form};

/// The keys that an environment cannot override, because they belong to the platform as a whole.
pub const NOT_IN_ENVIRONMENTS: [&str; 6] =
    ["platform", "environment", "environments", "extends", "image_tags", "waive"];

/// The JSON Schema (2020-12) of a spec file.
pub fn json_schema() -> Json {
    let mut definitions = Definitions::default();
    let whole = Spec::schema(&mut definitions);
    definitions.begin_partial();
    let part = Spec::schema(&mut definitions);
    let mut named = definitions.into_named();
    for name in ["Spec", "Spec.partial"] {
        offer(named.get_mut(name).expect("Spec is a record"), "oidc_providers", PROVIDERS);
    }
    let file = file_keys(&mut named);
    named.insert("Environment".into(), environment(&named["Spec.partial"]));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ecrgen platform spec",
        "type": "object",
        "if": { "anyOf": [{ "required": ["extends"] }, { "required": ["environments"] }] },
        "then": part,
        "else": whole,
        "properties": file,
        "$defs": named,
    })
}

/// The names of the OIDC providers that are not clusters, with their descriptions.
const PROVIDERS: [(&str, &str); 3] = [
    (
        "github",
        "The OIDC provider that roles of `github` entries trust. Default: `existing`. Example: `github: create`.",
    ),
    (
        "gitlab",
        "The OIDC provider that roles of `gitlab` entries trust. Default: `existing`. Example: `gitlab: create`.",
    ),
    (
        "hcp",
        "The OIDC provider that the roles of the workspace and of `hcp` entries trust. Default: `existing`. Example: `hcp: create`.",
    ),
];

/// Adds the codes that `waive` accepts, with their descriptions, so that editors offer them. Other rooms declare them.
#[must_use]
pub fn with_codes<'c>(mut schema: Json, codes: impl IntoIterator<Item = (&'c str, &'c str)> + Clone) -> Json {
    for name in ["Spec", "Spec.partial"] {
        offer(&mut schema["$defs"][name], "waive", codes.clone());
    }
    schema
}

/// Lists names that a map can have, in addition to its form of names.
fn offer<'c>(record: &mut Json, key: &str, names: impl IntoIterator<Item = (&'c str, &'c str)>) {
    let map = &mut record["properties"][key]["anyOf"][0];
    let value = map["additionalProperties"].clone();
    let property = |(name, description): (&str, &str)| {
        let mut value = value.clone();
        value["description"] = json!(description);
        (name.to_owned(), value)
    };
    map["properties"] = Json::Object(names.into_iter().map(property).collect());
}

/// The keys that `load` removes before decoding. They are added to both forms of the top level.
fn file_keys(named: &mut BTreeMap<String, Json>) -> Json {
    let environments = json!({
        "description": "Environments by name. Each becomes a root module and can override any top-level key except \
                        `platform`, `environment`, `environments`, `extends`, `image_tags` and `waive`. Required unless \
                        the spec has `environment`. Example: `environments: { dev: {}, prod: { region: eu-west-1 } }`.",
        "anyOf": [
            {
                "type": "object",
                "propertyNames": { "pattern": EnvironmentName::PATTERN },
                "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/Environment" }, { "const": "none" }] },
                "minProperties": 1,
            },
            { "const": "none" },
        ],
    });
    let extends = json!({
        "type": "string",
        "description": "Path of another spec file, relative to this one. This file is merged over it: maps are merged \
                        key by key, other values are replaced, and `none` removes a key. Default: the spec extends no \
                        other file. Example: `extends: base.yaml`.",
        "minLength": 1,
    });
    for name in ["Spec", "Spec.partial"] {
        let properties = named.get_mut(name).and_then(|spec| spec.get_mut("properties"));
        let properties = properties.and_then(Json::as_object_mut).expect("Spec is a record");
        properties.insert("environments".into(), json!(true));
        properties.insert("extends".into(), json!(true));
    }
    json!({ "environments": environments, "extends": extends })
}

/// The schema of a partial spec without the keys that belong to the platform as a whole.
fn environment(spec: &Json) -> Json {
    let mut environment = spec.clone();
    if let Some(properties) = environment.get_mut("properties").and_then(Json::as_object_mut) {
        for key in NOT_IN_ENVIRONMENTS {
            properties.shift_remove(key);
        }
    }
    environment
}
