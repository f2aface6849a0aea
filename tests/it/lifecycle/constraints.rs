//! AWS's constraints: which policies are rejected, and that no others are.

use std::collections::BTreeSet;

use ecrgen::diagnostic::Severity;
use ecrgen::lifecycle::{Fault, Policy, check, constraints};
use serde_json::{Value, json};

/// All faults, as (code, rule, path).
fn faults(policy: &Policy) -> Vec<(&'static str, Option<usize>, String)> {
    short(check(policy))
}

fn short(faults: Vec<Fault>) -> Vec<(&'static str, Option<usize>, String)> {
    faults.into_iter().map(|fault| (fault.constraint.code.name, fault.rule, fault.path)).collect()
}

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("cases/refused.json")).unwrap()
}

#[test]
fn every_case_has_exactly_one_fault() {
    for case in cases() {
        let found = match Policy::from_json(&case["policy"].to_string()) {
            Ok(policy) => faults(&policy),
            Err(faults) => short(faults),
        };
        let found: Vec<Value> = found.into_iter().map(|fault| json!(fault)).collect();
        assert_eq!(found, [json!([case["code"], case["rule"], case["path"]])], "{}", case["name"]);
    }
}

#[test]
fn every_constraint_has_a_case() {
    let mut cases: BTreeSet<String> = cases().iter().map(|case| case["code"].as_str().unwrap().to_owned()).collect();
    // These policies are too large or are not JSON. They have separate tests below.
    cases.extend(["malformed-json", "policy-too-long", "too-many-rules"].map(str::to_owned));
    let constraints: BTreeSet<String> = constraints().map(|constraint| constraint.code.name.to_owned()).collect();
    assert_eq!(constraints, cases);
}

#[test]
fn accepts_the_policies_in_the_documentation_of_aws() {
    let samples: Value = serde_json::from_str(include_str!("cases/samples.json")).unwrap();
    for (name, sample) in samples.as_object().unwrap() {
        assert_eq!(faults(&Policy::from_value(sample).unwrap()), [], "{name}");
    }
}

#[test]
fn rejects_text_that_is_not_json() {
    assert_eq!(short(Policy::from_json("{\"rules\": [}").unwrap_err()), [("malformed-json", None, String::new())]);
    assert_eq!(short(Policy::from_json("").unwrap_err()), [("malformed-json", None, String::new())]);
}

/// A policy with this number of rules, whose first rule has this description.
fn big(rules: usize, description: &str) -> Policy {
    let rule = |i: usize| {
        json!({
            "rulePriority": i + 1,
            "description": if i == 0 { description } else { "" },
            "selection": { "tagStatus": "tagged", "tagPatternList": [format!("v{i}-*")], "countType": "imageCountMoreThan", "countNumber": 1 },
            "action": { "type": "expire" },
        })
    };
    Policy::from_value(&json!({ "rules": (0..rules).map(rule).collect::<Vec<Value>>() })).unwrap()
}

#[test]
fn accepts_50_rules_and_rejects_51() {
    assert_eq!(faults(&big(50, "")), []);
    assert_eq!(faults(&big(51, "")), [("too-many-rules", None, "/rules".to_owned())]);
}

#[test]
fn accepts_30_720_characters_and_rejects_30_721() {
    let room = 30_720 - big(1, "").to_json().chars().count();
    assert_eq!(faults(&big(1, &"ü".repeat(room))), []);
    assert_eq!(faults(&big(1, &"ü".repeat(room + 1))), [("policy-too-long", None, String::new())]);
}

#[test]
fn counts_escaped_characters_as_terraform_sends_them() {
    let room = 30_720 - big(1, "").to_json().chars().count();
    assert_eq!(faults(&big(1, &"<".repeat(room / 6))), []);
    assert_eq!(faults(&big(1, &"<".repeat(room / 6 + 1))), [("policy-too-long", None, String::new())]);
}

#[test]
fn reports_all_faults_of_grammar_at_once() {
    let policy = json!({ "rules": [
        { "rulePriority": 0, "selection": { "tagStatus": "tagged", "countType": "imageCountMoreThan", "countUnit": "days" }, "action": { "type": "delete" } },
        { "rulePriority": 2, "selection": { "tagStatus": "any", "countType": "sinceImagePushed", "countNumber": 1 }, "action": {} },
    ] });
    let at = |code, rule: usize, path: &str| (code, Some(rule), format!("/rules/{rule}/{path}"));
    assert_eq!(
        short(Policy::from_value(&policy).unwrap_err()),
        [
            at("number-out-of-range", 0, "rulePriority"),
            at("tagged-without-list", 0, "selection/tagStatus"),
            at("lifecycle-missing-key", 0, "selection/countNumber"),
            at("unit-with-count", 0, "selection/countUnit"),
            at("unknown-value", 0, "action/type"),
            at("lifecycle-missing-key", 1, "selection/countUnit"),
            at("lifecycle-missing-key", 1, "action/type"),
        ]
    );
}

#[test]
fn warns_about_mistakes_that_aws_accepts_or_does_not_document() {
    let warnings: Vec<&str> = constraints()
        .filter(|constraint| constraint.code.severity == Severity::Warning)
        .map(|constraint| constraint.code.name)
        .collect();
    assert_eq!(warnings, ["wildcard-in-prefix", "no-such-tag", "empty-list-entry", "shared-prefix", "same-patterns"]);
}

/// A tag begins with a letter, a digit or `_` and has at most 128 characters (OCI distribution specification, "Pulling
/// manifests"). AWS does not document an empty entry.
#[test]
fn warns_about_entries_that_match_no_tag() {
    let found = |key: &str, entry: &str| {
        let rule = json!({
            "rulePriority": 1,
            "selection": { "tagStatus": "tagged", key: [entry], "countType": "imageCountMoreThan", "countNumber": 1 },
            "action": { "type": "expire" },
        });
        let policy = Policy::from_value(&json!({ "rules": [rule] })).expect("a policy");
        let faults = check(&policy).into_iter();
        faults.map(|fault| (fault.constraint.code.name, fault.path, fault.message)).collect::<Vec<_>>()
    };
    let long = "a".repeat(129);
    for (key, entry, code, message) in [
        ("tagPrefixList", "-rc", "no-such-tag", "the entry `-rc` begins with `-`, which no tag begins with"),
        ("tagPatternList", ".*", "no-such-tag", "the entry `.*` begins with `.`, which no tag begins with"),
        (
            "tagPrefixList",
            "",
            "empty-list-entry",
            "`tagPrefixList` has an empty entry, and AWS does not document what it matches",
        ),
        (
            "tagPatternList",
            "",
            "empty-list-entry",
            "`tagPatternList` has an empty entry, and AWS does not document what it matches",
        ),
    ] {
        assert_eq!(found(key, entry), [(code, format!("/rules/0/selection/{key}/0"), message.to_owned())], "{entry}");
    }
    let [(code, _, message)] = &found("tagPatternList", &format!("{long}*"))[..] else { panic!("one fault") };
    assert_eq!(*code, "no-such-tag");
    assert!(message.ends_with("is longer than any tag: it has 129 characters, and a tag has at most 128"), "{message}");
    for entry in ["*-rc", "_x", "0", &long[1..], &format!("{}*", &long[1..])] {
        assert_eq!(found("tagPatternList", entry), [], "{entry}");
    }
}
