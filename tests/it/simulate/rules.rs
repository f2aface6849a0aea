//! Rules that reason over the patterns of a retention: all the codes a retention is given.

use ecrgen::rules::find;

use crate::harness::Case;

const CODES: [&str; 5] =
    ["class-wider-in-aws", "count-of-any", "dead-retention-rule", "failed-expectation", "uncovered-image-tag"];

/// Codes of the findings about a spec, of these rules only.
fn codes(spec: &str) -> Vec<String> {
    let out = Case::new().file("spec.yaml", spec).run(&["lint", "spec.yaml", "--format", "json"]).out;
    let document: serde_json::Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}"));
    let findings = document["findings"].as_array().expect("a list");
    assert!(
        findings.iter().all(|finding| finding["severity"] != "error" || finding["code"] == "failed-expectation"),
        "{out}"
    );
    let codes = findings.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned());
    codes.filter(|code| CODES.contains(&code.as_str())).collect()
}

fn of(classes: &str, retention: &str) -> Vec<String> {
    codes(&format!(
        "platform: shop\nenvironment: shared\nregion: eu-central-1\nimage_tags: {{ {classes} }}\nrepositories:\n  shop:\n    services: [cart, search]\n    retention: [{retention}]\nwaive: {{ shared-retention-count: {{ at: [repositories], reason: x }} }}\n"
    ))
}

#[test]
fn the_bad_example_of_a_rule_is_found_and_the_good_one_is_not() {
    for code in CODES {
        let rule = find(code).expect("is in the list");
        assert!(codes(rule.bad).iter().any(|found| found == code), "{code}");
        assert!(!codes(rule.good).iter().any(|found| found == code), "{code}");
    }
}

#[test]
fn a_rule_is_dead_only_if_the_patterns_prove_it() {
    let classes = "a: \"a-{sha}\", aa: \"a-a-{sha}\", b: \"b-{sha}\"";
    let dead = |retention: &str| of(classes, retention).iter().filter(|code| *code == "dead-retention-rule").count();
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
fn a_class_is_covered_by_a_rule_that_sees_all_of_its_images() {
    let classes = "a: \"{service}-a-{sha}\", latest: { tag: \"{service}-latest\", moving: true }";
    let uncovered =
        |retention: &str| of(classes, retention).iter().filter(|code| *code == "uncovered-image-tag").count();
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
fn a_count_of_any_is_found_unless_tagged_images_are_counted_before() {
    let counts =
        |retention: &str| of("a: \"a-{sha}\"", retention).iter().filter(|code| *code == "count-of-any").count();
    for (retention, count) in [
        ("{ keep: 5 }", 1),
        ("{ expire_after: 3d, of: a }, { keep: 5 }", 1),
        ("{ expire_after: 3d, of: untagged }, { keep: 5, of: any }", 1),
        ("{ keep: 3, of: a }, { keep: 5 }", 0),
        ("{ keep: all }", 0),
        ("{ expire_after: 5d }", 0),
    ] {
        assert_eq!(counts(retention), count, "{retention}");
    }
}

#[test]
fn a_class_is_wider_in_aws_where_a_tag_of_another_class_can_match_its_pattern() {
    let wider =
        |classes: &str, retention: &str| of(classes, retention).iter().filter(|c| *c == "class-wider-in-aws").count();
    let piksel = "release: \"{service}-v{version}\", development: \"{service}-{branch}-{sha:7}\"";
    for (classes, retention, count) in [
        // A branch called v2-fix: cart-v2-fix-abcdef0 matches `*-v*`, or `cart-v*`.
        (piksel, "{ keep: 5, of: release }, { expire_after: 3d, of: development }", 1),
        (piksel, "{ expire_after: 3d, of: development }, { keep: 5, of: release }", 1),
        (piksel, "{ keep: 5, of: tagged }", 0),
        // No commit begins with `v`.
        (
            "release: \"v{version}\", build: \"{sha:8}-{timestamp}\"",
            "{ keep: 5, of: release }, { keep: 9, of: build }",
            0,
        ),
        // But a release v1.0.0-rc matches `*-*`.
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
        // A class for retention that is meant to hold the other.
        ("prod: \"prod-{any}\", release: \"prod-{version}\"", "{ keep: 5, of: prod }", 0),
        ("day: \"{date}\", night: \"n{date}\"", "{ keep: 5, of: day }", 1),
        ("day: \"{date}\", night: \"n{date}\"", "{ keep: 3, of: night }, { keep: 5, of: day }", 0),
    ] {
        assert_eq!(wider(classes, retention), count, "{classes}; {retention}");
    }
}
