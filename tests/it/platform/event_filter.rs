//! The repositories in event patterns: EventBridge refuses a pattern with more than 2,048 characters.

use std::collections::BTreeSet;

use ecrgen::platform::event_filter::{By, Entry, shortened};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::harness::{Compiled, shop};

/// EventBridge user guide, "Comparison operators": a text matches itself, and `prefix` what begins with it.
fn is_matched(list: &Value, name: &str) -> bool {
    list.as_array().expect("a list").iter().any(|item| match item {
        Value::String(text) => text == name,
        other => name.starts_with(other["prefix"].as_str().expect("a prefix")),
    })
}

fn entries(names: &[&str]) -> Vec<Entry> {
    names.iter().map(|name| Entry::Name((*name).to_owned())).collect()
}

fn json_of(entries: &[Entry]) -> Value {
    let item = |entry: &Entry| match entry {
        Entry::Name(name) => json!(name),
        Entry::Prefix(beginning) => json!({ "prefix": beginning }),
    };
    entries.iter().map(item).collect()
}

proptest! {
    /// Every name is matched, and the list fits. Shorter lists are only made where the names do not fit.
    #[test]
    fn shortened_lists_match_every_name(
        names in proptest::collection::btree_set("[a-c]{1,3}(-[a-c]{1,2}){0,2}", 1..60),
        room in 60_usize..400,
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let whole = json!(names).to_string();
        match shortened(&entries(&names), room, By::Name) {
            None => prop_assert!(whole.len() <= room),
            Some(entries) => {
                let list = json_of(&entries);
                // The comma after the last item is counted, too.
                prop_assert!(whole.len() + 1 > room);
                prop_assert!(list.to_string().len() <= room, "{}", list);
                for name in &names {
                    prop_assert!(is_matched(&list, name), "{} by {}", name, list);
                }
                let is_useful = |entry: &Entry| names.iter().any(|name| entry.matches(name));
                prop_assert!(entries.iter().all(is_useful));
                prop_assert!(!entries.contains(&Entry::Prefix(String::new())));
            }
        }
    }
}

/// The narrowest beginnings go first: those that the most characters have in common.
#[test]
fn names_that_are_most_alike_are_combined_first() {
    let names = ["cart-blue", "cart-green", "search", "web-eu-1", "web-eu-2"];
    let found = json_of(&shortened(&entries(&names), 57, By::Name).expect("they do not fit"));
    assert_eq!(found, json!(["cart-blue", "cart-green", "search", { "prefix": "web-eu-" }]));
}

fn spec(count: usize, rest: &str) -> String {
    let repositories: String = (0..count).map(|n| format!("  team/service-{n:03}: {{}}\n")).collect();
    let events = "monitoring: { event_log: { events: [push, delete, scan] } }\n";
    format!("{events}repositories:\n{repositories}  web: {{}}\n{rest}")
}

/// The patterns of the rules, with the JSON that Terraform's `jsonencode` writes.
fn patterns(compiled: &Compiled) -> Vec<Value> {
    let module = compiled.module("shared/ecr");
    let rules = ["push", "delete", "scan"].map(|event| format!("resource aws_cloudwatch_event_rule ecr_{event}"));
    rules.iter().map(|head| module.value(head, "event_pattern")).collect()
}

#[test]
fn patterns_of_many_repositories_are_shortened_and_say_so() {
    let few = shop(spec(20, ""));
    assert_eq!(few.codes(), [""; 0]);
    let names = &patterns(&few)[0]["detail"]["repository-name"];
    assert_eq!(names.as_array().map(Vec::len), Some(21));
    let many = shop(spec(200, ""));
    assert_eq!(many.codes(), ["widened-event-pattern"]);
    assert!(many.message().contains("`team/service-"), "{}", many.message());
    for pattern in patterns(&many) {
        assert!(pattern.to_string().len() <= 2048, "{pattern}");
        let names = &pattern["detail"]["repository-name"];
        assert!((0..200).all(|n| is_matched(names, &format!("team/service-{n:03}"))));
        assert!(is_matched(names, "web") && !is_matched(names, "webs"), "{names}");
    }
}

/// ARNs need more room than names, so the pattern of Amazon Inspector is shortened first. Without `registry`, both may send scans.
#[test]
fn the_pattern_of_amazon_inspector_is_shortened_too() {
    let arn = |name: &str| format!("arn:aws:ecr:eu-central-1:111111111111:repository/{name}");
    let is_listed = |pattern: &Value, name: &str| {
        let entries = pattern["detail"]["repository-name"].as_array().expect("a list");
        entries.iter().any(|entry| match (entry["suffix"].as_str(), entry["wildcard"].as_str()) {
            (Some(end), _) => arn(name).ends_with(end),
            (_, Some(wildcard)) => {
                let start =
                    wildcard.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')).expect("*:repository/…*");
                arn(name).contains(start)
            }
            _ => panic!("{entry}"),
        })
    };
    for (count, wanted) in [(20, &[][..]), (75, &["widened-event-pattern"]), (200, &["widened-event-pattern"])] {
        let compiled = shop(spec(count, ""));
        assert_eq!(compiled.codes(), wanted, "{count}");
        let head = "resource aws_cloudwatch_event_rule ecr_scan_inspector";
        let pattern = compiled.module("shared/ecr").value(head, "event_pattern");
        assert!(pattern.to_string().len() <= 2048, "{pattern}");
        assert!((0..count).all(|n| is_listed(&pattern, &format!("team/service-{n:03}"))), "{pattern}");
        assert!(is_listed(&pattern, "web") && !is_listed(&pattern, "other"), "{pattern}");
    }
}

/// A platform that owns the registry of the account gets all events.
#[test]
fn patterns_of_the_registry_match_all_repositories() {
    let many = shop(spec(200, "registry: {}\n"));
    assert_eq!(many.codes(), ["widened-event-pattern"]);
    assert!(many.message().contains("every repository in the account and region"));
    let found = patterns(&many);
    assert_eq!(found[0]["detail"], json!({ "action-type": ["PUSH"] }));
    assert_eq!(found[2].get("detail"), None);
    let few = shop(spec(20, "registry: {}\n"));
    assert_eq!(few.codes(), [""; 0]);
    let names: BTreeSet<String> =
        serde_json::from_value(patterns(&few)[0]["detail"]["repository-name"].clone()).expect("a list of names");
    assert_eq!(names.len(), 21);
}

/// What ECR creates below a prefix has events, too. Events of Amazon Inspector contain the ARN of the repository (EventBridge user
/// guide, "Comparison operators", `wildcard`).
#[test]
fn patterns_match_what_templates_and_caches_create() {
    let rest = "registry: { pull_through_cache: { quay: { upstream: quay } } }\n";
    let templates = "repository_templates: { team: { created_by: [push] }, quay: { created_by: [pull_through_cache], tag_mutability: mutable } }\n";
    let events = "monitoring: { event_log: { events: [push, delete, scan] } }\n";
    let compiled = shop(format!("{events}repositories: {{ web: {{}}, team/own: {{}} }}\n{rest}{templates}"));
    let found = patterns(&compiled);
    assert_eq!(found[0]["detail"]["repository-name"], json!(["web", { "prefix": "quay/" }, { "prefix": "team/" }]));
    let enhanced = rest.replace("registry: { ", "registry: { scanner: enhanced, ");
    let compiled = shop(format!("{events}repositories: {{ web: {{}} }}\n{enhanced}{templates}"));
    let inspector =
        compiled.module("shared/ecr").value("resource aws_cloudwatch_event_rule ecr_scan_inspector", "event_pattern");
    let below = |prefix: &str| json!({ "wildcard": format!("*:repository/{prefix}/*") });
    let expected = json!([{ "suffix": ":repository/web" }, below("quay"), below("team")]);
    assert_eq!(inspector["detail"]["repository-name"], expected);
}

/// A list without names is one that EventBridge rejects.
#[test]
fn a_platform_of_the_whole_registry_has_all_events() {
    let events = "monitoring: { event_log: { events: [push, delete, scan] } }\n";
    for rest in ["registry: {}\n", "repository_templates: { ROOT: { created_by: [push] } }\n"] {
        let compiled = shop(format!("{events}{rest}"));
        let found = patterns(&compiled);
        assert_eq!(found[0]["detail"], json!({ "action-type": ["PUSH"] }), "{rest}");
        assert_eq!(found[2].get("detail"), None, "{rest}");
    }
    assert_eq!(shop(events).codes(), ["events-without-repository"]);
}
