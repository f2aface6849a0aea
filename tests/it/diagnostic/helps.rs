//! The help states what to write if that is known.

use crate::harness::{Compiled, shop};

/// The only finding has this help.
fn helps(spec: &str, expected: &str) {
    let compiled: Compiled = shop(spec);
    let found: Vec<_> = compiled.findings().iter().filter_map(|finding| finding.help.as_deref()).collect();
    assert_eq!(found, [expected], "{spec}{:#?}", compiled.findings());
}

fn rules(rule: &str) -> String {
    format!("repositories: {{ shop: {{ lifecycle_policy: {{ rules: [{{ rulePriority: 1, {rule} }}] }} }} }}\n")
}

#[test]
fn writes_out_what_a_lifecycle_policy_lacks() {
    let days = "tagStatus: untagged, countType: sinceImagePushed, countNumber: 7";
    let count = "tagStatus: any, countType: imageCountMoreThan, countNumber: 7";
    let with = |selection: &str, action: &str| rules(&format!("selection: {{ {selection} }}, action: {{ {action} }}"));
    helps(&with(days, "type: expire"), "add `countUnit: days`");
    helps(&with(count, "type: transition"), "add `targetStorageClass: archive`");
    helps(&with(count, ""), "add `type: expire`");
    helps(&rules(&format!("selection: {{ {count} }}")), "add `action: { type: expire }`");
    helps(&with(count, "type: EXPIRE"), "write `expire`");
    helps(&with(count, "type: delete"), "write `expire`");
    helps(&with(count, "type: archive, targetStorageClass: archive"), "write `transition`");
    helps(&with(count, "type: shrink"), "write one of the expected words");
    helps(&with(&count.replace("any", "ALL"), "type: expire"), "write `any`");
    helps(&with(&format!("{days}, countUnit: weeks"), "type: expire"), "write `days`");
    helps(&with(&format!("{count}, storageclass: standard"), "type: expire"), "rename the key to `storageClass`");
    helps(&with(&format!("{count}, enabled: true"), "type: expire"), "remove the key, or correct its spelling");
}

#[test]
fn lists_an_example_of_each_possible_key() {
    helps(
        "repositories: { shop: { retention: [{ of: untagged }] } }\n",
        "add one of these: `keep: 10`, `expire_after: 14d`, `archive_after: 30d`, `archive_unpulled_after: 60d` or \
         `expire_archived_after: 180d`",
    );
    helps(
        "repositories: { shop: {} }\naccess: { ci: { can: [push], repositories: all, github: { branches: [main] } } }\n",
        "add one of these: `repository: example/shop`, `repositories: { … }` or `organization: example`",
    );
    helps(
        "repositories: { shop: {} }\naccess: { ci: { can: [push], repositories: all, gitlab: { branches: [main] } } }\n",
        "add one of these: `project: example/shop` or `projects: { … }`",
    );
}

#[test]
fn writes_out_an_empty_map() {
    for word in ["default", "true", "standard"] {
        helps(
            &format!("repositories: {{ search: {word} }}\n"),
            "write `search: {}` for a map with the default settings",
        );
    }
}

/// One error, although every misplaced key and every entry without a value could have one.
#[test]
fn reports_keys_that_are_indented_too_little_once() {
    let image_tags = "image_tags: { release: \"v{version}\" }\n";
    let one = |spec: &str| {
        let compiled = shop(format!("{image_tags}{spec}"));
        assert_eq!(compiled.codes(), ["misplaced-key"], "{spec}{:#?}", compiled.findings());
        compiled.findings()[0].help.clone().expect("a help")
    };
    assert_eq!(
        one("repositories:\n  cart:\n  retention:\n    - { keep: 3, of: release }\n  search: {}\n"),
        "indent `retention` and everything below it two spaces deeper than `cart`"
    );
    assert_eq!(
        one("repositories:\n  cart:\n  tag_mutability: mutable\n  encryption: kms\n"),
        "indent `tag_mutability` two spaces deeper than `cart`"
    );
    assert_eq!(
        one("repositories:\n  cart:\n  encryption: { kms: create }\n"),
        "indent `encryption` and everything below it two spaces deeper than `cart`"
    );
    assert_eq!(
        one("repositories: { retention: [{ keep: 3, of: release }] }\n"),
        "write a name in front of it: `repositories: { NAME: { retention: … } }`"
    );
    assert_eq!(
        one("repositories: { cart: {} }\naccess:\n  can: [pull]\n  repositories: all\n  node_roles: [node]\n"),
        "write a name in front of it: `access: { NAME: { can: … } }`"
    );
    let named_like_a_key = "repositories:\n  retention: {}\n  services: { encryption: kms }\n";
    assert_eq!(shop(format!("{image_tags}{named_like_a_key}")).errors(), [""; 0]);
}

/// The finding names the variable and shows both uses with their values.
#[test]
fn shows_both_uses_of_a_variable() {
    let spec = "repositories:\n  cart: { scan_on_push: { variable: scan, default: true } }\n  \
                search: { scan_on_push: { variable: scan } }\n";
    let compiled = shop(spec);
    let finding = &compiled.findings()[0];
    assert_eq!(finding.message, "variable `scan` has two different defaults: `true` and no default");
    let labels: Vec<&str> = finding.labels.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(labels, ["no default here", "`true` here"]);
    let types = "repositories:\n  cart: { scan_on_push: { variable: x, default: true } }\n  \
                 search: { encryption: { kms: { variable: x, default: alias/a } } }\n";
    assert_eq!(shop(types).message(), "variable `x` has two different types: `bool` and `string`");
}

/// Two arguments of one entry need a newer provider, for the same reason.
#[test]
fn reports_a_version_that_is_too_low_once() {
    let compiled = shop(
        "repositories: { shop: {} }\nterraform: { providers: { aws: \"~> 5.60\" } }\naccess:\n  developers:\n    \
         can: [pull]\n    repositories: [shop]\n    permission_set:\n      name: RegistryRead\n      \
         instance: \"arn:aws:sso:::instance/ssoins-0123456789abcdef\"\n      region: us-east-1\n",
    );
    let message = compiled.message();
    assert!(message.ends_with("needs provider aws 6.0.0, but 5.60.0 is allowed, as in 1 other place"), "{message}");
    assert_eq!(compiled.findings()[0].help.as_deref(), Some("raise the version of provider aws to `>= 6.0.0`"));
}

/// The number in the help makes the expectation hold, so a spec with it has no findings.
#[test]
fn states_which_number_would_meet_an_expectation() {
    let spec = |retention: &str, expect: &str| {
        format!(
            "image_tags: {{ build: \"{{sha:8}}-{{timestamp}}\" }}\nrepositories: {{ shop: {{ retention: [{{ {retention}, of: build \
             }}] }} }}\nexpect: {{ all is well: {{ repository: shop, {expect} }} }}\n"
        )
    };
    for (retention, better, expect, accept) in [
        ("keep: 10", "keep: 35", "pushes: { build: 5/day }, for: 7d, kept: 35", "kept: 10"),
        ("expire_after: 20d", "expire_after: 30d", "tag: a1b2c3d4-20261101120000, age: 30d, is: kept", "is: expired"),
        ("expire_after: 20d", "expire_after: 6d", "tag: a1b2c3d4-20261101120000, age: 7d, is: expired", "is: kept"),
    ] {
        let found = shop(spec(retention, expect));
        let finding = found.findings().iter().find(|f| f.code.name == "failed-expectation").expect("a finding");
        let help = format!(
            "write `{better}` instead of `{retention}` in the retention, or, if the retention is right, write `{accept}`"
        );
        assert_eq!(finding.help.as_deref(), Some(help.as_str()));
        assert_eq!(shop(spec(better, expect)).errors(), [""; 0], "{better}");
    }
}
