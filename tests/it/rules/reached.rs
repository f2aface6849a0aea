//! Rules that get fewer images than they seem to, or others.

use ecrgen::diagnostic::{Diagnostic, Severity};

use super::lifecycle::{findings, messages, of_policy, of_retention};

const CLASSES: &str = "commit: \"sha-{sha:7}\", pull-request: \"pr-{any}\"";

#[test]
fn reports_a_rule_that_no_declared_class_reaches() {
    let code = "unreached-retention-rule";
    let found = |rules: &[&str]| messages(&of_policy(CLASSES, rules), code);
    assert_eq!(
        found(&[
            "sha- keep 1 expire",
            "prefix sha- keep 20 expire",
            "prefix pr- keep 5 expire",
            "any pulled 90 archive"
        ]),
        [
            "rule 1 never acts on an image of a declared class: no class has tags for images with a tag that matches `sha-`",
            "rule 4 archives untagged images only, because earlier rules take the images of every declared class"
        ]
    );
    assert_eq!(
        found(&["prefix sha- keep 20 expire", "prefix pr- keep 5 expire", "prefix prod- keep 9 expire"]),
        [
            "rule 3 never acts on an image of a declared class: no class has tags for images with a tag that starts with `prod-`"
        ]
    );
    assert_eq!(
        found(&["prefix sha- keep 20 expire", "prefix pr- keep 5 expire", "*-a* keep 9 expire"]),
        ["rule 3 never acts on an image of a declared class, because earlier rules take all of them"]
    );
    for reached in [
        &["prefix sha- keep 20 expire", "any pulled 90 archive"][..],
        &["prefix sha- keep 20 expire", "prefix pr- keep 5 expire", "any keep 90 expire"],
        &["prefix sha- keep 20 expire", "prefix pr- keep 5 expire", "* pushed 90 expire"],
        &["prefix sha- keep 20 expire", "prefix pr- keep 5 expire", "untagged pushed 90 expire"],
        &["*-a* keep 9 expire", "prefix sha- keep 20 expire", "prefix pr- keep 5 expire"],
    ] {
        assert_eq!(found(reached), [""; 0], "{reached:?}");
    }
    assert_eq!(messages(&of_policy("", &["prefix prod- keep 9 expire"]), code), [""; 0], "no class is declared");
}

fn wider(found: &[Diagnostic]) -> Vec<(Severity, &str)> {
    let wider = found.iter().filter(|finding| finding.code.name == "class-wider-in-aws");
    wider.map(|finding| (finding.severity, finding.message.as_str())).collect()
}

/// The branch `v1.2.0` in `{branch}-{sha:7}` compiles to `*-*`, which also matches the release candidate `v1.2.0-rc1`.
#[test]
fn warns_about_a_wide_class_whose_rule_deletes_what_another_class_keeps() {
    let classes = "release: \"v{version}\", feature: \"{branch}-{sha:7}\"";
    let of = |retention: &str| of_retention(classes, retention);
    let found = of("{ expire_after: 7d, of: feature }, { keep: 50, of: release }");
    assert_eq!(
        wider(&found),
        [(
            Severity::Warning,
            "in ECR, the rule for class `feature` has the pattern `*-*`, so it deletes an image of class `release` such as `v0.0.0-` 7 days after its push"
        )]
    );
    let help = found.iter().find(|finding| finding.code.name == "class-wider-in-aws").and_then(|f| f.help.as_deref());
    assert!(help.is_some_and(|help| help.starts_with("put a rule for class `release` first, or ")), "{help:?}");
    // The first rule keeps a branch named `v2` longer than its own rule would.
    let found = of("{ keep: 50, of: release }, { expire_after: 7d, of: feature }");
    assert!(matches!(wider(&found)[..], [(Severity::Note, _)]), "{found:?}");
    for (retention, severity) in [
        ("{ keep: 5, of: feature }, { keep: 50, of: release }", Severity::Warning),
        ("{ keep: 50, of: feature }, { keep: 5, of: release }", Severity::Note),
        ("{ keep: all, of: feature }, { keep: 5, of: release }", Severity::Note),
        ("{ expire_after: 90d, of: feature }, { expire_after: 30d, of: release }", Severity::Note),
        ("{ expire_after: 9d, of: feature }, { expire_after: 30d, of: release }", Severity::Warning),
        ("{ keep: 9, of: feature }", Severity::Warning),
    ] {
        assert!(matches!(wider(&of(retention))[..], [(found, _)] if found == severity), "{retention}");
    }
    let policy = of_policy(classes, &["*-* pushed 7 expire", "prefix v keep 50 expire"]);
    assert!(matches!(wider(&policy)[..], [(Severity::Warning, _)]), "{policy:?}");
}

/// `per: service` writes `odc-v*` and `ows-v*`, which match less than `*-v*`.
#[test]
fn compares_the_patterns_that_were_written_per_service() {
    let classes = "release: \"{service}-v{version}\", build: \"{service}-{branch}-{sha:7}\", nightly: \"n-v{date}\"";
    let of = |retention: &str| findings(classes, &format!("services: [odc, ows], retention: [{retention}]"));
    let rest = "{ keep: 9, of: build, per: service }, { keep: 9, of: nightly }";
    let per_service = of(&format!("{{ keep: 5, of: release, per: service }}, {rest}"));
    let messages: Vec<&str> = wider(&per_service).into_iter().map(|(_, message)| message).collect();
    assert!(messages.iter().all(|message| !message.contains("nightly")), "{messages:?}");
    assert_eq!(messages.len(), 1, "one class, one place: {messages:?}");
    assert!(messages[0].contains("has the pattern `odc-v*`"), "{messages:?}");
    let together = wider(&of(&format!("{{ keep: 5, of: release }}, {rest}"))).len();
    assert_eq!(together, 2, "`*-v*` also matches `n-v20261127`");
}

/// AWS requires each prefix to be in only one rule, which says nothing about patterns.
#[test]
fn writes_several_classes_as_patterns() {
    let classes = "a: \"a-{sha}\", b: \"b-{sha}\"";
    let found = of_retention(classes, "{ keep: 5, of_all: [a, b] }, { keep: 9, of_each: [a, b] }");
    assert_eq!(messages(&found, "shared-prefix"), [""; 0]);
}

#[test]
fn rejects_what_makes_no_sense() {
    let errors = |tag: &str, rule: &str| {
        let compiled = crate::harness::shop(format!(
            "image_tags: {{ build: \"{tag}\" }}\nrepositories: {{ shop: {{ retention: [{rule}] }} }}\n"
        ));
        compiled.findings().iter().map(|finding| finding.code.name).collect::<Vec<_>>()
    };
    for then in ["expire", "archive"] {
        assert_eq!(errors("b-{sha}", &format!("{{ keep: all, then: {then}, of: build }}")), ["then-with-keep-all"]);
    }
    // Git abbreviates a commit to 4 digits or more; a SHA-256 has 64.
    for (sha, valid) in
        [("sha:3", false), ("sha:4", true), ("sha:40", true), ("sha:64", true), ("sha:65", false), ("sha:99", false)]
    {
        let found = errors(&format!("b-{{{sha}}}"), "{ keep: 9, of: build }");
        assert_eq!(found.is_empty(), valid, "{sha}: {found:?}");
    }
}

#[test]
fn lets_a_repository_turn_an_inherited_retention_off() {
    let compiled = crate::harness::shop(
        "image_tags: { build: \"b-{sha}\" }\nrepository_defaults: { retention: [{ keep: 9, of: build }] }\nrepositories: { shop: { retention: none }, cart: {} }\n",
    );
    let has_policy: Vec<_> =
        compiled.platform().repositories.iter().map(|r| (r.key.as_str(), r.lifecycle.is_some())).collect();
    assert_eq!(has_policy, [("cart", true), ("shop", false)]);
    let raw = super::lifecycle::policy(&["untagged keep 5 expire"]);
    let compiled = crate::harness::shop(format!(
        "repository_defaults: {{ lifecycle_policy: {raw} }}\nrepositories: {{ shop: {{ retention: none }}, cart: {{ retention: none, lifecycle_policy: {raw} }} }}\n"
    ));
    let has_policy: Vec<_> =
        compiled.platform().repositories.iter().map(|r| (r.key.as_str(), r.lifecycle.is_some())).collect();
    assert_eq!(has_policy, [("cart", true), ("shop", false)]);
}

/// A repository with one service has exactly one `latest`.
#[test]
fn excludes_exactly_the_moving_tag_of_a_single_service() {
    let filters = |services: &str| {
        let compiled = crate::harness::shop(format!(
            "image_tags: {{ latest: {{ tag: \"{{service}}-latest\", moving: true }} }}\nrepositories: {{ shop: {{ services: [{services}] }} }}\n"
        ));
        compiled.platform().repositories[0].mutability.except.clone()
    };
    assert_eq!(filters("cart"), ["cart-latest"]);
    assert_eq!(filters("cart, search"), ["*-latest"]);
}
