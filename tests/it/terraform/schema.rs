//! The embedded schema tables, compared with the schema that the provider itself reports.

use std::collections::BTreeMap;
use std::fs;

use ecrgen::terraform::{Block, Body, Name, Pins, Version, print, verify};
use serde_json::Value;
use tempfile::TempDir;

use super::binary::Terraform;

const AWS: &str = include_str!("../../../src/terraform/schema/aws.txt");
const TABLES: [&str; 4] = [
    AWS,
    include_str!("../../../src/terraform/schema/tfe.txt"),
    include_str!("../../../src/terraform/schema/tls.txt"),
    include_str!("../../../src/terraform/schema/language.txt"),
];

/// The version of the provider that is available for the test.
const REAL: &str = "5.100.0";

/// Arguments that only newer versions require. The tables always require them, because setting them is valid in every
/// version.
const REQUIRED_LATER: [&str; 1] = ["resource aws_ssoadmin_account_assignment target_type"];

#[test]
fn the_aws_table_agrees_with_the_schema_of_provider_5_100_0() {
    let Some(terraform) = Terraform::find_with_provider("hashicorp/aws", REAL) else { return };
    let real = real_schema(&terraform);
    let entities = table(AWS);
    let mut checked = 0;
    for (entity, fields) in &entities {
        let (kind, name) = entity.split_once(' ').expect("kind and name");
        let Some(block) = real[kind].get(name) else {
            assert!(is_newer(fields[""]), "{entity} is not in {REAL}");
            continue;
        };
        assert!(!is_newer(fields[""]), "{entity} is in {REAL}");
        let mut expected = BTreeMap::new();
        flatten(&block["block"], "", &mut expected);
        for (path, line) in fields.iter().filter(|(path, _)| !path.is_empty()) {
            checked += 1;
            let found = expected.remove(path);
            let here = format!("{entity} {path}");
            match (line.split(' ').next(), found.as_deref()) {
                (Some("computed"), None | Some("computed")) => {}
                // An argument of newer versions may have been computed in older ones.
                (_, None | Some("computed")) => assert!(is_newer(line) || within_newer(fields, path), "{here}: {line}"),
                (_, Some(found)) => assert_eq!(at_real_version(&here, line), found, "{here}"),
            }
        }
        assert!(expected.is_empty(), "{entity} is missing {expected:?}");
    }
    assert!(checked > 700, "{checked} fields");
}

#[test]
fn every_entity_of_the_tables_can_be_parsed() {
    for table_text in TABLES {
        for entity in table(table_text).keys() {
            let (kind, name) = entity.split_once(' ').expect("kind and name");
            let block = match kind {
                "block" => Block::new(Name::parse(name).unwrap(), [Name::from("x")]),
                kind => Block::new(Name::parse(kind).unwrap(), [Name::parse(name).unwrap(), "x".into()]),
            };
            let faults = verify(&Body::new().block(block), &Pins::new());
            assert!(faults.iter().all(|fault| !fault.message.contains("no ")), "{entity}: {faults:?}");
        }
    }
}

/// The fields of each entity by dotted path, `""` for the entity itself, each with the rest of its line.
fn table(text: &str) -> BTreeMap<String, BTreeMap<String, &str>> {
    let mut entities = BTreeMap::new();
    let mut entity = String::new();
    let mut path: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let depth = line.len() - line.trim_start().len();
        let mut words = line.trim_start().splitn(2, ' ');
        let (first, rest) = (words.next().expect("a word"), words.next().unwrap_or(""));
        if depth == 0 {
            entity = format!("{first} {}", rest.split(' ').next().expect("a name"));
            entities.insert(entity.clone(), BTreeMap::from([(String::new(), rest)]));
        } else {
            path.truncate(depth - 1);
            path.push(first);
            entities.get_mut(&entity).expect("an entity").insert(path.join("."), rest);
        }
    }
    entities
}

fn real_schema(terraform: &Terraform) -> BTreeMap<&'static str, Value> {
    let folder = TempDir::new().unwrap();
    let source = ecrgen::terraform::Object::new().entry("source", "hashicorp/aws").entry("version", REAL);
    let providers = Block::bare("required_providers").attr("aws", source);
    let file = print(&Body::new().block(Block::bare("terraform").block(providers)));
    fs::write(folder.path().join("main.tf"), file).unwrap();
    let init = terraform.run(folder.path(), &["init", "-backend=false", "-no-color"]);
    assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
    let schema = terraform.run(folder.path(), &["providers", "schema", "-json"]);
    let mut schema: Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    let aws = &mut schema["provider_schemas"]["registry.terraform.io/hashicorp/aws"];
    BTreeMap::from([("resource", aws["resource_schemas"].take()), ("data", aws["data_source_schemas"].take())])
}

/// The fields of a block of the real schema, each in the form of the table.
fn flatten(block: &Value, prefix: &str, fields: &mut BTreeMap<String, String>) {
    for (name, attribute) in block["attributes"].as_object().into_iter().flatten() {
        let line = match (attribute["required"] == true, attribute["optional"] == true) {
            (true, _) => format!("required {}", type_text(&attribute["type"])),
            (_, true) => format!("optional {}", type_text(&attribute["type"])),
            _ => "computed".to_owned(),
        };
        fields.insert(format!("{prefix}{name}"), line);
    }
    for (name, nested) in block["block_types"].as_object().into_iter().flatten() {
        let count = |key: &str| nested[key].as_u64().unwrap_or(0);
        let nesting = nested["nesting_mode"].as_str().expect("a nesting mode");
        let line = format!("block {nesting} {} {}", count("min_items"), count("max_items"));
        fields.insert(format!("{prefix}{name}"), line);
        flatten(&nested["block"], &format!("{prefix}{name}."), fields);
    }
}

fn type_text(type_: &Value) -> String {
    match type_ {
        Value::String(name) => name.clone(),
        Value::Array(parts) => match parts[1].as_object() {
            Some(members) => {
                let members = members.iter().map(|(name, member)| format!("{name}={}", type_text(member)));
                format!("object({{{}}})", members.collect::<Vec<_>>().join(","))
            }
            None => format!("{}({})", parts[0].as_str().expect("a constructor"), type_text(&parts[1])),
        },
        other => panic!("{other}: unknown type"),
    }
}

fn note<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let mut words = line.split(' ');
    words.find(|found| *found == word)?;
    words.next()
}

fn is_newer(line: &str) -> bool {
    let real = Version::parse(REAL).unwrap();
    note(line, "since").is_some_and(|since| Version::parse(since).unwrap() > real)
}

/// Whether the field is in a block that is newer.
fn within_newer(fields: &BTreeMap<String, &str>, path: &str) -> bool {
    path.match_indices('.').any(|(end, _)| is_newer(fields[&path[..end]]))
}

/// The line without its notes, as it applies to the available version.
fn at_real_version(here: &str, line: &str) -> String {
    let words = line.split(' ').take_while(|word| !matches!(*word, "since" | "required-until"));
    let line_without_notes = words.collect::<Vec<_>>().join(" ");
    if note(line, "required-until").is_some_and(|until| Version::parse(until).unwrap() > Version::parse(REAL).unwrap())
    {
        line_without_notes.replacen("optional", "required", 1)
    } else if REQUIRED_LATER.contains(&here) {
        line_without_notes.replacen("required", "optional", 1)
    } else {
        line_without_notes
    }
}
