//! Rules that compare the tag patterns of a retention.

use ecrgen::catalog::find;
use ecrgen::diagnostic::Severity;

use super::spec;
use crate::harness::{Case, Compiled};

const CODES: [&str; 7] = [
    "class-wider-in-aws",
    "count-of-any",
    "dead-retention-rule",
    "failed-expectation",
    "nothing-archived",
    "shadowed-retention-rule",
    "uncovered-image-tag",
];

/// The codes of the findings about a spec, from these rules only.
fn relevant(spec: &str) -> Vec<&'static str> {
    let compiled = Compiled::of(spec);
    let errors = compiled.findings().iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<_> = errors.filter(|finding| finding.code.name != "failed-expectation").collect();
    assert!(errors.is_empty(), "{errors:#?}");
    compiled.codes().into_iter().filter(|code| CODES.contains(code)).collect()
}

fn of(classes: &str, retention: &str) -> Vec<&'static str> {
    relevant(&format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\nimage_tags: {{ {classes} }}\nrepositories:\n  shop:\n    services: [cart, search]\n    retention: [{retention}]\nwaive: {{ shared-retention-count: {{ at: [repositories], reason: x }} }}\n"
    ))
}

#[test]
fn reports_the_bad_example_of_each_rule_and_not_the_good_one() {
    for code in CODES {
        let code_page = find(code).expect("a known code");
        assert!(relevant(spec(code_page.bad)).contains(&code), "{code}");
        assert!(!relevant(spec(code_page.good)).contains(&code), "{code}");
    }
}

#[test]
fn reports_a_dead_rule_only_if_the_patterns_prove_it() {
    let classes = "a: \"a-{sha}\", aa: \"a-a-{sha}\", b: \"b-{sha}\"";
    let dead = |retention: &str| of(classes, retention).iter().filter(|code| **code == "dead-retention-rule").count();
    for (retention, count) in [
        ("{ keep: 5, of: a }, { keep: 3, of: aa }", 1),
        ("{ keep: 3, of: aa }, { keep: 5, of: a }", 0),
        ("{ keep: 3, of: a }, { keep: 5, of: b }", 0),
        ("{ keep: 3, of: a }, { keep: 5, of_all: [a, b] }", 1),
        ("{ keep: 5, of_all: [a, b] }, { keep: 3, of: a }", 0),
        ("{ keep: 5, of: tagged }, { expire_after: 3d, of: untagged }, { keep: 20, of: any }", 1),
        ("{ keep: 5, of: a }, { expire_after: 3d, of: untagged }, { keep: 20, of: any }", 0),
        ("{ keep: 5, of: tagged }, { expire_archived_after: 90d, of: tagged }", 0),
        ("{ keep: 5, of: tagged }, { expire_after: 3d, of: a }, { expire_after: 4d, of: b }", 2),
    ] {
        assert_eq!(dead(retention), count, "{retention}");
    }
}

#[test]
fn reports_a_rule_for_the_archive_if_no_rule_archives_images() {
    let classes = "a: \"a-{sha}\", aa: \"a-a-{sha}\"";
    let idle = |retention: &str| of(classes, retention).iter().filter(|code| **code == "nothing-archived").count();
    for (retention, count) in [
        ("{ keep: 5, of: a }, { expire_archived_after: 90d }", 1),
        ("{ keep: 5, of: a, then: archive }, { expire_archived_after: 90d }", 0),
        ("{ archive_after: 30d, of: tagged }, { expire_archived_after: 90d, of: untagged }", 0),
        ("{ archive_unpulled_after: 30d }, { expire_archived_after: 90d }", 0),
        // The rule that archives never acts.
        ("{ keep: 5, of: a }, { archive_after: 30d, of: aa }, { expire_archived_after: 90d }", 1),
        ("{ expire_archived_after: 90d, of: a }, { expire_archived_after: 120d }", 2),
        ("{ keep: 5, of: a }", 0),
    ] {
        assert_eq!(idle(retention), count, "{retention}");
    }
}

/// Checks a raw policy of two rules, each with its patterns and its criterion.
fn of_raw(first: (&str, &str), second: (&str, &str)) -> Vec<&'static str> {
    let rule = |number: u32, (patterns, criterion): (&str, &str)| {
        format!(
            "        - rulePriority: {number}\n          selection: {{ tagStatus: tagged, tagPatternList: [{patterns}], {criterion} }}\n          action: {{ type: expire }}\n"
        )
    };
    relevant(&format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories:\n  shop:\n    lifecycle_policy:\n      rules:\n{}{}",
        rule(1, first),
        rule(2, second)
    ))
}

#[test]
fn reports_a_rule_by_age_that_overlaps_with_an_earlier_count() {
    let count = "countType: imageCountMoreThan, countNumber: 5";
    let age = "countType: sinceImagePushed, countUnit: days, countNumber: 7";
    for (first, second, code) in [
        (("\"*-v*\"", count), ("\"dev-*\"", age), Some("shadowed-retention-rule")),
        (("\"*-v*\", \"*-rc\"", count), ("\"dev-*\"", age), Some("shadowed-retention-rule")),
        // The special case first, then the rest.
        (("\"dev-v*\"", count), ("\"dev-*\"", age), None),
        (("\"v*\"", count), ("\"*\"", age), None),
        // The first rule matches all images of the second.
        (("\"dev-*\"", count), ("\"dev-v*\"", age), Some("dead-retention-rule")),
        // No tag matches both.
        (("\"release-*\"", count), ("\"dev-*\"", age), None),
        // Only an earlier count can shadow a later rule by age.
        (("\"*-v*\"", age), ("\"dev-*\"", age), None),
        (("\"*-v*\"", count), ("\"dev-*\"", count), None),
    ] {
        assert_eq!(of_raw(first, second), Vec::from_iter(code), "{first:?} {second:?}");
    }
}

#[test]
fn shows_a_tag_that_matches_both_rules() {
    let code_page = find("shadowed-retention-rule").expect("a known code");
    let out = Case::new().file("spec.yaml", spec(code_page.bad)).run(&["lint", "spec.yaml"]).out;
    for part in [
        "rule 2 never acts on the images that rule 1 keeps, however old they are (for example tag `dev--v`)",
        "matches images with a tag that matches `*-v*`",
        "matches images with a tag that starts with `dev-`",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn reports_a_class_unless_a_rule_matches_all_of_its_images() {
    let classes = "a: \"{service}-a-{sha}\", latest: { tag: \"{service}-latest\", moving: true }";
    let uncovered =
        |retention: &str| of(classes, retention).iter().filter(|code| **code == "uncovered-image-tag").count();
    for (retention, count) in [
        ("{ keep: 5, of: a }", 0),
        ("{ keep: 5, of: tagged }", 0),
        ("{ keep: 5, of: tagged, per: service }", 0),
        ("{ expire_after: 3d }", 0),
        ("{ expire_after: 3d, of: untagged }", 1),
        ("{ expire_archived_after: 90d, of: a }, { expire_after: 3d, of: untagged }", 1),
        ("{ keep: 5, of: latest }", 1),
    ] {
        assert_eq!(uncovered(retention), count, "{retention}");
    }
}

#[test]
fn reports_a_class_whose_pattern_matches_tags_of_another_class() {
    let wider =
        |classes: &str, retention: &str| of(classes, retention).iter().filter(|c| **c == "class-wider-in-aws").count();
    let piksel = "release: \"{service}-v{version}\", development: \"{service}-{branch}-{sha:7}\"";
    for (classes, retention, count) in [
        // For a branch named v2-fix, cart-v2-fix-abcdef0 matches `*-v*`, or `cart-v*`.
        (piksel, "{ keep: 5, of: release }, { expire_after: 3d, of: development }", 1),
        (piksel, "{ expire_after: 3d, of: development }, { keep: 5, of: release }", 1),
        (piksel, "{ keep: 5, of: tagged }", 0),
        // No commit starts with `v`.
        (
            "release: \"v{version}\", build: \"{sha:8}-{timestamp}\"",
            "{ keep: 5, of: release }, { keep: 9, of: build }",
            0,
        ),
        // The release v1.0.0-rc matches `*-*`.
        (
            "release: \"v{version}\", build: \"{sha:8}-{timestamp}\"",
            "{ keep: 9, of: build }, { keep: 5, of: release }",
            1,
        ),
        (
            "release: \"v{version}\", build: \"{sha:8}_{timestamp}\"",
            "{ keep: 9, of: build }, { keep: 5, of: release }",
            0,
        ),
        // A class that includes the other on purpose.
        ("prod: \"prod-{any}\", release: \"prod-{version}\"", "{ keep: 5, of: prod }", 0),
        ("day: \"{date}\", night: \"n{date}\"", "{ keep: 5, of: day }", 1),
        ("day: \"{date}\", night: \"n{date}\"", "{ keep: 3, of: night }, { keep: 5, of: day }", 0),
    ] {
        assert_eq!(wider(classes, retention), count, "{classes}; {retention}");
    }
}
