//! Numbers of retention rules from Terraform variables.

use crate::harness::{Case, shop};

const RETENTION: &str = "image_tags: { release: \"v{version}\", build: \"build-{sha:8}\" }\nrepositories:\n  cart:\n    retention:\n      \
    - { keep: { variable: releases, default: 30 }, of: release, description: What customers run }\n      \
    - { expire_after: { variable: days, default: 7d }, of: untagged }\n      - { keep: all, of: build }\n";

#[test]
fn a_variable_sets_the_number_and_the_default_is_checked() {
    let compiled = shop(RETENTION);
    assert_eq!(compiled.codes(), [""; 0]);
    let files = compiled.files();
    let policy = &files["shared/ecr/repository_cart.tf"];
    for line in [
        "countNumber   = var.releases",
        "countNumber = var.days",
        "description  = \"What customers run\"",
        "var.days days after",
    ] {
        assert!(policy.contains(line), "{line}: {policy}");
    }
    let module = compiled.module("shared/ecr");
    for (name, default) in [("releases", 30), ("days", 7)] {
        assert_eq!(module.value(&format!("variable {name}"), "default"), default);
    }
    let short = RETENTION.replace("archive", "").replace(
        "expire_after: { variable: days, default: 7d }",
        "expire_archived_after: { variable: days, default: 7d }",
    );
    assert!(shop(short).codes().contains(&"archive-days-too-few"));
}

#[test]
fn findings_and_simulations_say_that_they_take_the_default() {
    let spec = "image_tags: { release: \"v{version}\" }\nrepositories: { cart: { retention: [{ expire_after: { variable: days, default: 30d }, of: release }] } }\n";
    let findings = shop(spec).findings().to_vec();
    let age = findings.iter().find(|finding| finding.code.name == "age-without-keep").expect("a finding");
    assert!(
        age.help.as_deref().expect("a help").contains("the number is the default of the variable `days`"),
        "{age:?}"
    );

    let head = "platform: shop\nenvironment: shared\nregion: eu-central-1\n";
    let case = Case::new().file("shop.yaml", format!("{head}{RETENTION}"));
    case.write("images.json", r#"{"imageDetails": [{"repositoryName": "cart", "imageDigest": "sha256:aa", "imageTags": ["v1.0.0"], "imagePushedAt": 1760000000}]}"#);
    let outcome = case.run(&["simulate", "shop.yaml", "--images", "images.json"]);
    assert!(outcome.out.contains("rule 1 is simulated with 30, the default of the variable `releases`"), "{outcome:?}");
}

#[test]
fn a_variable_without_a_default_cannot_be_checked() {
    let spec = "repositories: { cart: { retention: [{ keep: { variable: releases }, of: untagged }] } }\n";
    assert_eq!(shop(spec).codes(), ["missing-key"]);
}

/// What people write that AWS cannot do, with what comes closest (ECR user guide, "Lifecycle policy properties").
#[test]
fn wishes_that_ecr_cannot_fulfil_are_refused_with_the_reason() {
    for (rule, code, help) in [
        ("{ keep: 3, expire_after: 3d }", "keys-exclude-each-other", "either a number or an age"),
        ("{ expire_unpulled_after: 30d }", "unknown-key", "use `archive_unpulled_after`"),
        ("{ retain: 3 }", "unknown-key", "use `keep: all`"),
    ] {
        let findings = shop(format!("repositories: {{ cart: {{ retention: [{rule}] }} }}\n")).findings().to_vec();
        let found = findings.iter().find(|finding| finding.code.name == code).expect(rule);
        assert!(found.help.as_deref().expect("a help").contains(help), "{found:?}");
    }
}
