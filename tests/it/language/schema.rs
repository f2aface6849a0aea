//! The JSON Schema on its own.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value as Json, json};

use super::accepted::{ACCEPTED, BASE};
use super::judge::{self, schema};
use crate::harness::{Case, repository};
use ecrgen::catalog;
use ecrgen::language::json_schema::{json_schema, with_codes};

#[test]
fn is_valid_against_draft_2020_12() {
    let schema = json_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn the_schema_command_prints_it() {
    let outcome = Case::new().run(&["schema"]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    let codes: Vec<_> = catalog::waivable().into_iter().map(|code| (code.name, code.what)).collect();
    assert_eq!(serde_json::from_str::<Json>(&outcome.out).unwrap(), with_codes(json_schema(), codes));
}

#[test]
fn every_definition_is_referenced() {
    let schema = json_schema();
    let text = schema.to_string();
    for name in schema["$defs"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("\"$ref\":\"#/$defs/{name}\"")), "{name}");
    }
}

/// If every accepted document stays valid when a key is removed from the schema, no test uses that key.
#[test]
fn the_accepted_documents_use_every_key() {
    let whole = json_schema();
    let documents: Vec<Json> = ACCEPTED.iter().map(|fragment| judge::json(&format!("{BASE}{fragment}\n"))).collect();
    let mut unused = Vec::new();
    for (name, part) in records(&whole).into_iter().filter(|(name, _)| !is_partial(name)) {
        for key in part["properties"].as_object().unwrap().keys() {
            let mut without = whole.clone();
            without["$defs"][name]["properties"].as_object_mut().unwrap().shift_remove(key);
            let without = jsonschema::draft202012::new(&without).unwrap();
            if documents.iter().all(|document| without.is_valid(document)) {
                unused.push(format!("{name}.{key}"));
            }
        }
    }
    // Documents with these keys are partial; the tests for merging cover them.
    assert_eq!(unused, ["Spec.environments", "Spec.extends"]);
}

/// The regular expressions of the decoder and those of ECMA 262, which JSON Schema uses, differ in `.`, `\\s` and `$`.
#[test]
fn patterns_match_the_same_text_in_both_engines() {
    let mut patterns = BTreeSet::new();
    patterns_of(&json_schema(), &mut patterns);
    assert!(patterns.len() > 30);
    let odd = [
        "\n", "\r", "\t", " ", "\u{b}", "\u{85}", "\u{a0}", "\u{2028}", "\u{3000}", "\u{feff}", "é", "💡", "٣", "{",
        "\"", "\u{7f}",
    ];
    let plain =
        ["", "a", "0", "a-b", "v{version}", "2027-06-30", "123456789012", "~> 1.0", "o/r", "ecr:PutImage", "a.b"];
    for pattern in patterns {
        let ours = regex_lite::Regex::new(&pattern).unwrap();
        let theirs = jsonschema::draft202012::new(&json!({ "pattern": pattern })).unwrap();
        for (plain, odd) in plain.iter().flat_map(|plain| odd.iter().map(move |odd| (*plain, *odd))) {
            for text in [
                plain.to_owned(),
                odd.to_owned(),
                format!("{odd}{plain}"),
                format!("{plain}{odd}{plain}"),
                format!("{plain}{odd}"),
            ] {
                assert_eq!(ours.is_match(&text), theirs.is_valid(&json!(text)), "{pattern} on {text:?}");
            }
        }
    }
}

fn patterns_of(schema: &Json, patterns: &mut BTreeSet<String>) {
    if let Some(pattern) = schema["pattern"].as_str() {
        patterns.insert(pattern.to_owned());
    }
    let below: Vec<&Json> = match schema {
        Json::Object(map) => map.values().collect(),
        Json::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    below.into_iter().for_each(|part| patterns_of(part, patterns));
}

#[test]
fn shipped_specs_are_valid() {
    let specs = fs::read_dir(repository().join("specs")).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = specs.chain([repository().join("templates/starter.yaml")]).collect();
    assert!(files.len() > 3);
    for file in files {
        let document = judge::json(&fs::read_to_string(&file).unwrap());
        assert_eq!(schema(&document), Ok(()), "{}", file.display());
    }
}

/// Whether a definition is for files that are not complete specs.
fn is_partial(name: &str) -> bool {
    name.ends_with(".partial") || name == "Environment"
}

/// The definitions that are maps with fixed keys.
fn records(schema: &Json) -> Vec<(&str, &Json)> {
    let parts = schema["$defs"].as_object().unwrap().iter();
    parts.map(|(name, part)| (name.as_str(), part)).filter(|(_, part)| part["properties"].is_object()).collect()
}
