//! The reference of all keys: the page in `docs`, and `ecrgen explain KEY.PATH`.

use std::collections::BTreeSet;
use std::fs;

use ecrgen::language::json_schema::json_schema;
use ecrgen::language::keys::{find, sections};

use crate::harness::{Case, repository};

#[test]
fn the_page_is_what_the_command_prints() {
    let outcome = Case::new().run(&["schema", "--markdown"]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    let page = fs::read_to_string(repository().join("docs/keys.md")).expect("a page");
    assert!(page == outcome.out, "docs/keys.md is out of date: ecrgen schema --markdown > docs/keys.md");
}

/// Those of the JSON Schema, except for the partial forms of the same maps and for `ref`, which is a form of a value.
#[test]
fn the_reference_has_every_key_of_the_schema() {
    let schema = json_schema();
    let mut expected = BTreeSet::new();
    for (name, record) in schema["$defs"].as_object().expect("definitions") {
        let is_part = name.ends_with(".partial") || ["Environment", "ReferenceKeys"].contains(&name.as_str());
        let keys = record["properties"].as_object().into_iter().flat_map(|keys| keys.keys()).filter(|_| !is_part);
        expected.extend(keys.map(|key| (record["description"].as_str().expect("a description"), key.clone())));
    }
    let sections = sections();
    let found = sections.iter().flat_map(|section| section.keys.iter().map(|key| (&*section.about, key.name.clone())));
    assert_eq!(found.collect::<BTreeSet<_>>(), expected);
}

#[test]
fn each_key_has_a_value_a_meaning_a_default_and_an_example() {
    for section in sections() {
        for key in &section.keys {
            let at = format!("{:?} {}", section.places, key.name);
            assert!(key.meaning.ends_with('.') && !key.kind.is_empty(), "{at}: {key:?}");
            assert!(key.default.starts_with("Default: ") || key.default.starts_with("Required"), "{at}: {key:?}");
            assert!(key.example.starts_with(&format!("{}:", key.name)), "{at}: {key:?}");
        }
    }
}

#[test]
fn every_key_is_found_by_its_path() {
    for section in sections() {
        for (place, key) in section.places.iter().flat_map(|place| section.keys.iter().map(move |key| (place, key))) {
            let path = if place.is_empty() { key.name.clone() } else { format!("{place}.{}", key.name) };
            let found = find(&path).unwrap_or_else(|| panic!("{path} is not found"));
            assert_eq!((&found.path, &found.key), (&path, key));
        }
    }
}

#[test]
fn names_and_brackets_can_be_as_in_the_spec_or_left_out() {
    for path in ["repositories.cart.retention.keep", "repositories.retention.keep", "repositories.x.retention[].keep"] {
        assert_eq!(find(path).map(|found| found.path).as_deref(), Some("repositories.NAME.retention[].keep"), "{path}");
    }
    assert_eq!(
        find("access.ci.github.branches").map(|found| found.path).as_deref(),
        Some("access.NAME.github.branches")
    );
    assert_eq!(find("oidc_providers.github").map(|found| found.key.name).as_deref(), Some("oidc_providers"));
    assert_eq!(find("environments.dev.region").map(|found| found.path).as_deref(), Some("environments.NAME.region"));
    for path in ["", ".", "repositories.cart.color", "region.name", "platform.x.y", "retention"] {
        assert!(find(path).is_none(), "{path}");
    }
}

#[test]
fn explain_prints_a_key_and_those_below_it() {
    let case = Case::new();
    let outcome = case.run(&["explain", "monitoring"]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    insta::assert_snapshot!(outcome.out, @r"
    monitoring (map)

    Monitoring of the registry.
    Default: no monitoring.

    Example:

        monitoring: { event_log: { events: [push, delete] } }

    Keys:

      audit_trail  CloudTrail trail of the calls that people and pipelines make to ECR
      event_log    Log group in CloudWatch Logs that receives the registry's events
      alerts       Alerts by name: events and alarms of the registry that people get through Amazon SNS
    ");
    let wrong = case.run(&["explain", "repositories.cart.retnetion"]);
    assert_eq!(wrong.status, 2);
    let expected = "the key `repositories.cart.retnetion` does not exist: did you mean `retention`?";
    assert!(wrong.err.contains(expected), "{}", wrong.err);
    for (path, help) in [
        ("image_tag", "did you mean `image_tags`?"),
        ("retention", "did you mean `repositories.NAME.retention`?"),
        ("region.name", "`region` has no keys below it"),
    ] {
        let outcome = case.run(&["explain", path]);
        assert!(outcome.status == 2 && outcome.err.contains(help), "{path}: {}", outcome.err);
    }
}
