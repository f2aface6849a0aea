//! An image must match every entry of a list ("Lifecycle policy properties in Amazon ECR", `tagPatternList`).

use super::lifecycle::{messages, of_policy, of_retention};

#[test]
fn reports_a_list_that_no_single_tag_matches() {
    let code = "list-needs-several-tags";
    let found = |rules: &[&str]| messages(&of_policy("", rules), code);
    assert_eq!(
        found(&["latest main pushed 3650 expire", "any pushed 60 expire"]),
        [
            "rule 1 only matches images that have several tags, because no tag matches both `latest` and `main`; rule 2 deletes an image that only has a tag like `latest` 60 days after its push"
        ]
    );
    assert_eq!(
        found(&["prefix v release- keep 20 expire"]),
        [
            "rule 1 only matches images that have several tags, because no tag matches both `v` and `release-`; an image that only has a tag like `v` is never deleted"
        ]
    );
    assert_eq!(found(&["*-a *-b keep 20 expire"]).len(), 1);
    // One tag can match both: a release candidate such as v1-rc.
    for rules in [
        &["v* *-rc keep 20 expire"][..],
        &["prefix v keep 20 expire", "prefix release- keep 20 expire"],
        &["* v* keep 9 expire"],
    ] {
        assert_eq!(found(rules), [""; 0], "{rules:?}");
    }
}

/// `of_all` asks for images with a tag of each class.
#[test]
fn does_not_report_several_tags_that_a_retention_asks_for() {
    let classes = "a: \"a-{sha}\", b: \"b-{sha}\"";
    assert_eq!(messages(&of_retention(classes, "{ keep: 5, of_all: [a, b] }"), "list-needs-several-tags"), [""; 0]);
}

#[test]
fn reports_an_entry_that_another_entry_implies() {
    let code = "redundant-list-entry";
    let found = |rules: &[&str]| messages(&of_policy("", rules), code);
    let effect = |rule, stricter, wider| {
        format!(
            "rule {rule} only matches images with a tag that matches `{stricter}`: each image needs a tag for every entry, so the entry `{wider}` has no effect"
        )
    };
    for (list, stricter, wider) in [
        ("*.*.* v*.*.*", "v*.*.*", "*.*.*"),
        ("v*.*.* *.*.*", "v*.*.*", "*.*.*"),
        ("* v*", "v*", "*"),
        ("prefix v v1", "v1", "v"),
    ] {
        assert_eq!(found(&[&format!("{list} keep 5 expire")]), [effect(1, stricter, wider)], "{list}");
    }
    assert_eq!(found(&["v* v* keep 5 expire"]), ["rule 1 lists `v*` twice"]);
    for list in ["v* *-rc", "prefix v release-", "*.*.*", "v1.* v2.*"] {
        assert_eq!(found(&[&format!("{list} keep 5 expire")]), [""; 0], "{list}");
    }
    let classes = "prod: \"prod-{any}\", release: \"prod-v{version}\", hotfix: \"prod-v{date}\"";
    let found = of_retention(classes, "{ keep: 5, of_all: [prod, release] }");
    assert_eq!(messages(&found, code), [effect(1, "prod-v*", "prod-*")]);
    let found = of_retention(classes, "{ keep: 5, of_all: [hotfix, release] }");
    assert_eq!(messages(&found, code), ["rule 1 lists `prod-v*` twice"]);
}

/// `simulate --policy` runs the same rules, and names the rule by its place in the file.
#[test]
fn remarks_on_a_policy_file_as_lint_does() {
    let policy =
        super::lifecycle::policy(&["latest main pushed 3650 expire", "v* keep 9 expire", "any pushed 60 expire"]);
    let case = crate::harness::Case::new().file("policy.json", policy.to_string());
    let schedule = "v1.{timestamp}: 1/day for 2d";
    let outcome = case.run(&["simulate", "--policy", "policy.json", "--schedule", schedule]);
    assert_eq!(
        outcome.err,
        "warning[list-needs-several-tags]: policy.json at /rules/0: rule 1 only matches images that have several tags, because no tag matches both `latest` and `main`; rule 3 deletes an image that only has a tag like `latest` 60 days after its push\n  help: write a separate rule for each entry, with its own `rulePriority`\n"
    );
    assert_eq!(outcome.status, 0);
}
