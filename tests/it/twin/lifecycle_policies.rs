//! Lifecycle policies of every form that moto knows, applied and read back.

use std::collections::BTreeMap;

use ecrgen::lifecycle::Policy;
use serde_json::{Value, json};

use super::account::life::{Applied, Ground};
use super::account::moto::Moto;
use super::rendering::render;
use crate::harness::Case;

const HEAD: &str = "
platform: piksel
environment: shared
region: ap-southeast-3
account: \"123456789012\"
terraform: { providers: { aws: \"~> 5.100\" } }
workspace: { organization: piksel }
repositories:
";

/// The tags and then the clock of a single rule, both by name.
fn selections(clocks: &[(&str, Value)]) -> BTreeMap<String, Value> {
    let tags = [
        ("any", json!({ "tagStatus": "any" })),
        ("untagged", json!({ "tagStatus": "untagged" })),
        ("pattern", json!({ "tagStatus": "tagged", "tagPatternList": ["*-v*.*"] })),
        // Not in alphabetical order, because the order must not matter.
        ("patterns", json!({ "tagStatus": "tagged", "tagPatternList": ["v*", "*-rc*"] })),
        ("prefix", json!({ "tagStatus": "tagged", "tagPrefixList": ["release-"] })),
        ("prefixes", json!({ "tagStatus": "tagged", "tagPrefixList": ["v", "1."] })),
    ];
    let pairs = tags.iter().flat_map(|tags| clocks.iter().map(move |clock| (tags, clock)));
    let merged = |tags: &Value, clock: &Value| {
        let objects = [tags, clock].map(|part| part.as_object().expect("an object").clone());
        Value::Object(objects.into_iter().flatten().collect())
    };
    pairs.map(|((tag, tags), (kind, clock))| (format!("{tag}-{kind}"), merged(tags, clock))).collect()
}

fn rule(priority: usize, selection: &Value, action: &Value) -> Value {
    json!({ "rulePriority": priority, "selection": selection, "action": action })
}

fn clock(kind: &str) -> Value {
    json!({ "countType": kind, "countUnit": "days", "countNumber": 90 })
}

/// The policies documented by AWS that moto 5.2.5 supports.
fn known() -> BTreeMap<String, Value> {
    let expire = json!({ "type": "expire" });
    let count = json!({ "countType": "imageCountMoreThan", "countNumber": 30 });
    let selections = selections(&[("count", count.clone()), ("pushed", clock("sinceImagePushed"))]);
    let alone =
        selections.iter().map(|(name, selection)| (name.clone(), json!({ "rules": [rule(1, selection, &expire)] })));
    let mut policies: BTreeMap<String, Value> = alone.collect();
    let mut described = policies["any-count"].clone();
    described["rules"][0]["description"] = "\"Keep\" <30> & no ${more}; päst, \\ %{ if }\u{2028}end".into();
    policies.insert("described".into(), described);
    // The maximum number of rules, with gaps between the priorities and not in their order.
    let fifty = (0..50).rev().map(|i| {
        let mut selection = count.clone();
        selection["tagStatus"] = "tagged".into();
        selection["tagPatternList"] = json!([format!("service-{i}-*")]);
        rule(3 * i + 2, &selection, &expire)
    });
    policies.insert("fifty".into(), json!({ "rules": fifty.collect::<Vec<_>>() }));
    policies
}

/// The policies documented by AWS that moto 5.2.5 rejects: everything about the archive.
fn unknown() -> BTreeMap<String, Value> {
    let archive = json!({ "type": "transition", "targetStorageClass": "archive" });
    let expire = json!({ "type": "expire" });
    let count = json!({ "countType": "imageCountMoreThan", "countNumber": 30 });
    let archiving = selections(&[
        ("archive-count", count),
        ("archive-pushed", clock("sinceImagePushed")),
        ("archive-pulled", clock("sinceImagePulled")),
    ]);
    let mut transitioned = clock("sinceImageTransitioned");
    transitioned["storageClass"] = "archive".into();
    let expiring = selections(&[("expire-archived", transitioned)]);
    let rules = archiving.iter().map(|rule| (rule, &archive)).chain(expiring.iter().map(|rule| (rule, &expire)));
    rules.map(|((name, selection), action)| (name.clone(), json!({ "rules": [rule(1, selection, action)] }))).collect()
}

#[test]
fn canonical_policies_are_the_same_after_apply_and_read() {
    let repositories: String = known()
        .iter()
        .map(|(name, policy)| format!("  {name}: {{ deletion_protection: false, lifecycle_policy: {policy} }}\n"))
        .collect();
    let files = render(&Case::new().file("spec.yaml", format!("{HEAD}{repositories}")), "spec.yaml");
    let Some(applied) = Applied::rendered(&files, Ground::PIKSEL, 2 * known().len()) else { return };
    applied.settles();
    let account = applied.account();
    for (name, policy) in known() {
        let there = account.at(&["repositories", &name, "lifecycle_policy"]);
        assert_eq!(*there, policy, "{name}: not a key more, none less");
        let [there, written] = [there, &policy].map(|policy| Policy::from_value(policy).expect("is good").to_json());
        assert_eq!(there, written, "{name}");
    }
    applied.destroys_completely(&["ecr:DeleteRepository"]);
}

#[test]
fn only_policies_that_moto_rejects_are_left_out() {
    let Some(moto) = Moto::start() else { return };
    for (policies, takes) in [(known(), true), (unknown(), false)] {
        let texts: BTreeMap<&String, String> = policies
            .iter()
            .map(|(name, policy)| (name, Policy::from_value(policy).expect("is good").to_json()))
            .collect();
        let answers = moto.script("put_policies.py", &[&json!(texts).to_string()]);
        let expected: BTreeMap<&String, bool> = policies.keys().map(|name| (name, takes)).collect();
        assert_eq!(answers, json!(expected));
    }
}
