//! Retention rules as Terraform: the lifecycle rules they become, their priorities, and the comments about their order.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::Compiled;
use crate::harness::module::Module;

/// The output for a repository with two services and these retention rules.
fn output(retention: &str) -> BTreeMap<String, String> {
    // Tagged images can be counted per service only if all tags begin with the service.
    let release = if retention.contains("of: tagged, per: service") { "{service}-v{version}" } else { "v{version}" };
    Compiled::of(format!(
        "platform: shop
environment: shared
region: eu-central-1
image_tags:
  release: \"{release}\"
  build: \"{{service}}-{{sha:8}}-{{timestamp}}\"
  staging: {{ tag: \"staging-{{any}}\", never_in: [shared] }}
repositories:
  shop:
    services: [cart, search]
    retention: [{retention}]
"
    ))
    .files()
}

/// The rules in the output: priority, selection and action.
fn rules(retention: &str) -> Vec<(u64, Value, Value)> {
    let module = Module::read(&output(retention), "shared/ecr");
    let policy = module.value("resource aws_ecr_lifecycle_policy shop", "policy");
    let rules = policy["rules"].as_array().expect("a list").iter();
    rules
        .map(|rule| {
            (rule["rulePriority"].as_u64().expect("a number"), rule["selection"].clone(), rule["action"].clone())
        })
        .collect()
}

fn numbers(retention: &str) -> Vec<u64> {
    rules(retention).into_iter().map(|(number, ..)| number).collect()
}

/// "Lifecycle policy properties" and "Examples of lifecycle policies".
#[test]
fn each_retention_rule_becomes_the_lifecycle_rule_that_aws_documents() {
    let expire = json!({ "type": "expire" });
    let archive = json!({ "type": "transition", "targetStorageClass": "archive" });
    let count = |n: u32| json!({ "countType": "imageCountMoreThan", "countNumber": n });
    let days = |clock: &str, n: u32| json!({ "countType": clock, "countUnit": "days", "countNumber": n });
    let pushed = |n: u32| days("sinceImagePushed", n);
    let prefix = |prefix: &str| json!({ "tagStatus": "tagged", "tagPrefixList": [prefix] });
    let patterns = |list: &[&str]| json!({ "tagStatus": "tagged", "tagPatternList": list });
    let (any, untagged) = (json!({ "tagStatus": "any" }), json!({ "tagStatus": "untagged" }));
    let mut in_archive = days("sinceImageTransitioned", 365);
    in_archive["storageClass"] = "archive".into();
    for (sentence, expected) in [
        ("{ keep: 30, of: release }", vec![(prefix("v"), count(30), &expire)]),
        ("{ keep: 30, of: release, then: archive }", vec![(prefix("v"), count(30), &archive)]),
        ("{ keep: all, of: release }", vec![(prefix("v"), count(999_999), &expire)]),
        ("{ expire_after: 7d, of: untagged }", vec![(untagged, pushed(7), &expire)]),
        ("{ expire_after: 7d, of: tagged }", vec![(patterns(&["*"]), pushed(7), &expire)]),
        ("{ expire_after: 7d }", vec![(any.clone(), pushed(7), &expire)]),
        ("{ archive_after: 30d, of: any }", vec![(any.clone(), pushed(30), &archive)]),
        ("{ archive_unpulled_after: 90d }", vec![(any.clone(), days("sinceImagePulled", 90), &archive)]),
        ("{ expire_archived_after: 365d }", vec![(any, in_archive, &expire)]),
        ("{ keep: 5, of: build }", vec![(patterns(&["*-*-*"]), count(5), &expire)]),
        (
            "{ keep: 5, of: build, per: service }",
            vec![(patterns(&["cart-*-*"]), count(5), &expire), (patterns(&["search-*-*"]), count(5), &expire)],
        ),
        (
            "{ keep: 5, of: tagged, per: service }",
            vec![(prefix("cart-"), count(5), &expire), (prefix("search-"), count(5), &expire)],
        ),
        (
            "{ keep: 5, of_each: [release, build] }",
            vec![(prefix("v"), count(5), &expire), (patterns(&["*-*-*"]), count(5), &expire)],
        ),
        ("{ keep: 5, of_all: [release, build] }", vec![(patterns(&["v*", "*-*-*"]), count(5), &expire)]),
        // A class with `never_in` for this environment has no rule.
        ("{ keep: 5, of_each: [staging, release] }", vec![(prefix("v"), count(5), &expire)]),
    ] {
        let merged = |tags: Value, clock: &Value| {
            let (Value::Object(mut tags), Value::Object(clock)) = (tags, clock.clone()) else { panic!("two objects") };
            tags.extend(clock);
            Value::Object(tags)
        };
        let expected: Vec<(u64, Value, Value)> = (1..)
            .zip(expected)
            .map(|(number, (tags, clock, action))| (number, merged(tags, &clock), action.clone()))
            .collect();
        assert_eq!(rules(sentence), expected, "{sentence}");
    }
}

/// `countNumber` is in days, whatever the unit in the spec.
#[test]
fn weeks_and_years_become_days() {
    for (weeks, days) in
        [("2w", "14d"), ("1y", "365d"), ("{ variable: age, default: 3w }", "{ variable: age, default: 21d }")]
    {
        let rule = |age: &str| output(&format!("{{ expire_after: {age}, of: untagged }}"));
        assert_eq!(rule(weeks), rule(days), "{weeks}");
    }
}

#[test]
fn priorities_continue_from_the_previous_rule() {
    for (retention, expected) in [
        ("{ keep: 5, of_each: [release, build] }, { expire_after: 7d, of: untagged }", vec![1, 2, 3]),
        ("{ keep: 5, of: release }, { expire_after: 7d, of: untagged, priority: 10 }, { keep: 20 }", vec![1, 10, 11]),
        ("{ keep: 5, of_each: [release, build], priority: 4 }, { keep: 20 }", vec![4, 5, 6]),
    ] {
        assert_eq!(numbers(retention), expected, "{retention}");
    }
}

#[test]
fn appending_a_rule_changes_no_earlier_rule() {
    let before = "{ keep: 30, of: release }, { keep: 5, of: build, per: service }";
    let after = rules(&format!("{before}, {{ expire_after: 7d, of: untagged }}"));
    assert_eq!(rules(before), after[..3]);
    let policy = |retention: &str| output(retention)["shared/ecr/repository_shop.tf"].clone();
    let (before, after) = (policy(before), policy(&format!("{before}, {{ expire_after: 7d, of: untagged }}")));
    let kept = before.lines().filter(|line| after.lines().any(|other| other == *line));
    assert_eq!(kept.count(), before.lines().count(), "{after}");
}

/// The comments in the lifecycle policy of a repository's file.
fn comments(retention: &str) -> Vec<String> {
    let files = output(retention);
    let policy = files["shared/ecr/repository_shop.tf"].split_once("jsonencode").expect("a policy").1.to_owned();
    policy.lines().filter_map(|line| Some(line.trim_start().strip_prefix("# ")?.to_owned())).collect()
}

#[test]
fn comments_explain_where_the_order_of_rules_matters() {
    assert_eq!(comments("{ keep: 5, of: tagged }, { expire_after: 7d, of: untagged }"), [""; 0]);
    assert_eq!(
        comments("{ keep: 30, of: release }, { expire_after: 7d, of: untagged }, { keep: 20, of: any }"),
        [
            "Order matters: images matched by these earlier rules are counted here, but this rule does not act on them.",
            "rule 1: images with a tag that starts with `v`",
            "rule 2: untagged images",
        ]
    );
    assert_eq!(
        comments("{ keep: 30, of: release }, { expire_after: 7d, of: tagged }"),
        [
            "Order matters: this rule does not act on images matched by these earlier rules.",
            "rule 1: images with a tag that starts with `v`",
        ]
    );
    assert_eq!(
        comments("{ expire_after: 7d, of: tagged }, { keep: 30, of: release }"),
        [
            "Order matters: these earlier rules match every image that this rule selects, so this rule never acts.",
            "rule 1: tagged images",
        ]
    );
    // No single tag matches both rules, but an image with two tags can.
    assert_eq!(
        comments("{ keep: 5, of: tagged, per: service }"),
        ["If an image has tags that match several of these rules, the first of them decides."]
    );
    // Only rules for the archive see archived images.
    assert_eq!(comments("{ archive_after: 30d }, { expire_archived_after: 365d }"), [""; 0]);
}
