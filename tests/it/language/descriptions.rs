//! The descriptions in the JSON Schema, which are all that the user of an editor sees of the language.

use std::collections::BTreeMap;

use ecrgen::language::json_schema::json_schema;
use ecrgen::platform::root_module::{DEFAULT_AWS, DEFAULT_TERRAFORM, DEFAULT_TFE, DEFAULT_TLS};
use serde_json::{Value as Json, json};

use super::judge;

/// Properties that need no description: the top level of the schema describes them for both forms of a spec.
const DESCRIBED_AT_THE_TOP: [&str; 2] = ["environments", "extends"];

/// The schemas of all properties in the schema, by their JSON pointers.
fn properties(schema: &Json) -> BTreeMap<String, &Json> {
    fn walk<'s>(at: &str, schema: &'s Json, found: &mut BTreeMap<String, &'s Json>) {
        match schema {
            Json::Object(map) => {
                // Conditions such as `if` and `oneOf` only repeat properties of the same record.
                let is_record = map.contains_key("additionalProperties") || at.is_empty();
                for (key, value) in map {
                    if let ("properties", true, Json::Object(keys)) = (key.as_str(), is_record, value) {
                        found.extend(keys.iter().map(|(name, property)| (format!("{at}/{key}/{name}"), property)));
                    }
                    walk(&format!("{at}/{key}"), value, found);
                }
            }
            Json::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| walk(&format!("{at}/{i}"), item, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    walk("", schema, &mut found);
    found.retain(|at, _| !(at.starts_with("/$defs/Spec") && DESCRIBED_AT_THE_TOP.contains(&name(at))));
    found
}

fn name(pointer: &str) -> &str {
    pointer.rsplit('/').next().expect("a pointer has a last step")
}

/// The text of the example at the end of a description.
fn example(description: &str) -> Option<&str> {
    description.split_once("Example: `")?.1.strip_suffix("`.")
}

#[test]
fn every_description_states_purpose_default_and_example() {
    let schema = json_schema();
    let properties = properties(&schema);
    assert!(properties.len() > 200, "{}", properties.len());
    let mut wrong = Vec::new();
    for (at, property) in properties {
        let description = property["description"].as_str().unwrap_or_default();
        let (purpose, rest) = description.find("Default: ").map_or_else(
            || description.find("Required").map_or((description, ""), |start| description.split_at(start)),
            |start| description.split_at(start),
        );
        let starts_well = purpose.starts_with(|first: char| first.is_uppercase() || first == '`');
        // `expect.X.kept` and its like are required with another key.
        let states_default = rest.starts_with("Default: ")
            || ["Required. ", "Required unless ", "Required with "].iter().any(|start| rest.starts_with(start));
        if !purpose.trim_end().ends_with('.') || !starts_well || !states_default || example(rest).is_none() {
            wrong.push(format!("{at}: {description:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_is_valid() {
    let schema = json_schema();
    let mut wrong = Vec::new();
    for (at, property) in properties(&schema) {
        let text = example(property["description"].as_str().unwrap_or_default()).unwrap_or_default();
        let document = judge::json(text);
        let Some(value) = document.get(name(&at)) else {
            wrong.push(format!("{at}: the example has another key: {text}"));
            continue;
        };
        // The value of `default` has the type of the key that the variable is for.
        if at.ends_with("/properties/default") {
            continue;
        }
        let alone = json!({ "$defs": schema["$defs"], "allOf": [property] });
        let validator = jsonschema::draft202012::new(&alone).expect("a schema of 2020-12");
        if let Err(error) = validator.validate(value) {
            wrong.push(format!("{at}: {text}: {error}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn required_keys_are_described_as_required() {
    let schema = json_schema();
    let mut wrong = Vec::new();
    for (name, record) in schema["$defs"].as_object().expect("definitions") {
        let required: Vec<&str> =
            record["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        for (key, property) in record["properties"].as_object().into_iter().flatten() {
            let description = property["description"].as_str().unwrap_or_default();
            let is_described =
                description.contains("Required. ") || (name, key.as_str()) == (&"Spec".into(), "environment");
            let is_partial = name.ends_with(".partial") || name == "Environment";
            if !is_partial && required.contains(&key.as_str()) != is_described {
                wrong.push(format!("{name}.{key}: {description}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn descriptions_give_the_versions_that_the_output_has() {
    let schema = json_schema();
    let description = |key: &str| {
        let description = schema["$defs"]["Terraform"]["properties"][key]["description"].as_str();
        description.expect("a description").to_owned()
    };
    assert!(description("version").contains(&format!("Default: `{DEFAULT_TERRAFORM}`")));
    for version in [DEFAULT_AWS, DEFAULT_TFE, DEFAULT_TLS] {
        assert!(description("providers").contains(&format!("`{version}`")), "{version}");
    }
}

#[test]
fn every_record_has_a_description() {
    let schema = json_schema();
    for (name, record) in schema["$defs"].as_object().expect("definitions") {
        if record["properties"].is_object() {
            let description = record["description"].as_str().unwrap_or_default();
            assert!(description.ends_with('.'), "{name}: {description:?}");
        }
    }
}
