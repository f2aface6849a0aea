//! The manifest's JSON.

use std::collections::BTreeSet;

use ecrgen::tree::{Manifest, Modules, Record};

use super::folder::Folder;
use super::{modules, owner, rel};

const JSON: &str = r#"{
  "format_version": 2,
  "platform": "piksel",
  "files": [
    "shared/ecr/main.tf",
    "shared/ecr/é.tf"
  ],
  "modules": {
    "shared/ecr": {
      "environment": "shared",
      "target": "root",
      "state": "folder shared/ecr",
      "resources": {
        "aws_ecr_repository.piksel-core": {
          "encryption": "AES256",
          "name": "piksel-core"
        }
      }
    }
  }
}
"#;

fn manifest() -> Manifest {
    let files = BTreeSet::from(["shared/ecr/é.tf", "shared/ecr/main.tf"].map(rel));
    Manifest::new(owner("piksel"), files, modules("piksel-core", "AES256"))
}

#[test]
fn json_is_sorted_with_one_line_per_item() {
    assert_eq!(manifest().to_json(), JSON);
}

#[test]
fn reads_back_what_it_wrote() {
    assert_eq!(Manifest::from_json(JSON).unwrap(), manifest());
    assert_eq!(Manifest::from_json(&JSON.replace('\n', "\r\n")).unwrap(), manifest());
    let nothing = Manifest::new(owner("piksel"), BTreeSet::new(), Modules::new());
    assert_eq!(Manifest::from_json(&nothing.to_json()).unwrap(), nothing);
}

#[test]
fn reads_the_manifest_of_one_platform_from_its_folder() {
    let out = Folder::new();
    assert_eq!(Manifest::path(&owner("piksel")), ".ecrgen/piksel.json");
    assert_eq!(Manifest::read(out.path(), &owner("piksel")).unwrap(), None);
    out.put(".ecrgen/piksel.json", JSON);
    assert_eq!(Manifest::read(out.path(), &owner("piksel")).unwrap(), Some(manifest()));
    assert_eq!(Manifest::read(out.path(), &owner("other")).unwrap(), None);
}

/// The error for a manifest with one change to its text, without the path of the folder.
fn error(from: &str, to: &str) -> String {
    assert!(JSON.contains(from));
    let out = Folder::new();
    out.put(".ecrgen/piksel.json", JSON.replacen(from, to, 1));
    let error = Manifest::read(out.path(), &owner("piksel")).unwrap_err();
    format!("{error:#}").replace(out.path().to_str().unwrap(), "OUT").replace('\\', "/")
}

#[test]
fn still_reads_format_1() {
    let json = r#"{
  "format_version": 1,
  "platform": "piksel",
  "files": [],
  "repositories": { "shared/core": { "encryption": "AES256", "name": "core", "region": "eu-central-1" } }
}"#;
    let manifest = Manifest::from_json(json).unwrap();
    let Record::Repositories(facts) = manifest.record() else { panic!("{manifest:?}") };
    assert_eq!(facts["shared/core"]["encryption"], "AES256");
    for mixed in
        [json.replace("\"format_version\": 1", "\"format_version\": 2"), json.replace("repositories", "modules")]
    {
        assert!(Manifest::from_json(&mixed).is_err(), "{mixed}");
    }
}

/// Earlier versions listed only the names of what was removed.
#[test]
fn still_reads_a_list_of_what_was_removed() {
    let json = JSON.replace("      \"resources\"", "      \"removed\": [\"cart\", \"search\"],\n      \"resources\"");
    let manifest = Manifest::from_json(&json).unwrap();
    let Record::Modules(modules) = manifest.record() else { panic!("{manifest:?}") };
    let removed = &modules[&rel("shared/ecr")].removed;
    assert_eq!(removed.keys().collect::<Vec<_>>(), ["cart", "search"]);
    assert!(removed.values().all(|values| values.is_empty()));
    assert_eq!(Manifest::from_json(&manifest.to_json()).unwrap(), manifest);
}

#[test]
fn rejects_a_newer_format() {
    let newer = error("\"format_version\": 2,", "\"format_version\": 3,");
    assert!(newer.starts_with("cannot read OUT/.ecrgen/piksel.json: "), "{newer}");
    assert!(
        newer.contains("format_version 3 is not supported: use the version of ecrgen that wrote this file"),
        "{newer}"
    );
}

#[test]
fn rejects_a_damaged_manifest() {
    let conflict = error("  \"files\"", "<<<<<<< HEAD\n  \"files\"");
    assert!(conflict.starts_with(
        "OUT/.ecrgen/piksel.json is damaged: restore it from git (`git checkout -- OUT/.ecrgen/piksel.json`)"
    ));
    assert!(conflict.contains("line 4"), "{conflict}");
    for (from, to) in [
        ("\"format_version\": 2,", ""),
        ("}\n", ""),
        ("\"platform\"", "\"plattform\""),
        ("[", "{"),
        ("{\n", "{\"extra\": 1,"),
    ] {
        assert!(error(from, to).contains("restore it from git"));
    }
}

#[test]
fn rejects_a_path_outside_of_the_output_folder() {
    for bad in ["../../etc/passwd", "/etc/passwd", ".git/config", ".ecrgen/other.json"] {
        let message = error("shared/ecr/main.tf", bad);
        assert!(message.contains(&format!("the path \"{bad}\"")), "{message}");
    }
}

#[test]
fn rejects_the_manifest_of_another_platform() {
    assert_eq!(
        error("piksel", "other"),
        "OUT/.ecrgen/piksel.json is the manifest of platform other: restore it from git (`git checkout -- OUT/.ecrgen/piksel.json`)"
    );
}
