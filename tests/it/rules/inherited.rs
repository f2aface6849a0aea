//! Findings about rules of `repository_defaults`, and about the rule that decided an expectation.

use ecrgen::diagnostic::Diagnostic;

use crate::harness::{Compiled, shop};

fn finding<'c>(compiled: &'c Compiled, code: &str) -> &'c Diagnostic {
    let found = compiled.findings().iter().find(|finding| finding.code.name == code);
    found.unwrap_or_else(|| panic!("no {code}: {:#?}", compiled.findings()))
}

fn help(compiled: &Compiled, code: &str) -> String {
    finding(compiled, code).help.clone().unwrap_or_default()
}

const DEFAULTS: &str = "image_tags: { release: \"{service}-v{version}\" }\n\
                        repository_defaults: { retention: [{ keep: 5, of: tagged }, { expire_after: 7d, of: untagged }] }\n";

const LAMBDA: &str = "account: \"123456789012\"\naccess: { fn: { can: [pull], repositories: [image], lambda: { functions: [resize] } } }\n";

/// Only `image` runs as a function, and only `shop` has several services.
#[test]
fn a_rule_of_the_defaults_is_not_changed_for_one_repository() {
    let compiled = shop(format!("{DEFAULTS}{LAMBDA}repositories: {{ cart: {{}}, search: {{}}, image: {{}} }}\n"));
    let note = |others: &str, place: &str| {
        format!(
            "\n`repository_defaults` also applies to {others}; to leave those as they are, copy its `retention` to {place} and change it there"
        )
    };
    let of_lambda = help(&compiled, "lambda-image-deleted");
    assert!(of_lambda.ends_with(&note("2 other repositories", "`repositories.image`")), "{of_lambda}");
    let compiled = shop(format!("{DEFAULTS}repositories: {{ cart: {{}}, shop: {{ services: [a, b] }} }}\n"));
    let shared = help(&compiled, "shared-retention-count");
    assert!(shared.ends_with(&note("1 other repository", "`repositories.shop`")), "{shared}");
}

/// Following the note ends the finding of the one repository, and leaves the policies of the others as they are.
#[test]
fn the_copy_of_the_rules_ends_the_finding() {
    let own = "image: { retention: [{ keep: all, of: release }, { expire_after: 7d, of: untagged }] }";
    let compiled = shop(format!("{DEFAULTS}{LAMBDA}repositories: {{ cart: {{}}, search: {{}}, {own} }}\n"));
    assert!(!compiled.codes().contains(&"lambda-image-deleted"), "{:#?}", compiled.findings());
    let policy = |name: &str| compiled.files()[&format!("shared/ecr/repository_{name}.tf")].clone();
    let keeps_five = |name: &str| policy(name).contains("Expire all but the newest 5");
    assert!(keeps_five("cart") && !keeps_five("image"));
}

#[test]
fn a_finding_of_all_repositories_has_no_note() {
    for spec in [
        format!("{DEFAULTS}repositories: {{ cart: {{ services: [a, b] }}, shop: {{ services: [a, b] }} }}\n"),
        format!("{DEFAULTS}repositories: {{ shop: {{ services: [a, b] }} }}\n"),
        "image_tags: { release: \"{service}-v{version}\" }\nrepositories: { cart: {}, shop: { services: [a, b], retention: [{ keep: 5, of: tagged }] } }\n".to_owned(),
    ] {
        let shared = help(&shop(spec), "shared-retention-count");
        assert!(!shared.contains("repository_defaults"), "{shared}");
    }
}

/// For each expectation, the text that the second label marks, and the label.
#[test]
fn a_failed_expectation_marks_the_rule_that_decided() {
    let retention = "[{ keep: 2, of: release }, { expire_after: 7d, of: build }, { archive_after: 30d, of: nightly }]";
    let classes = "{ release: \"v{version}\", build: \"b-{sha:8}\", nightly: \"n-{date}\", other: \"o-{any}\" }";
    let spec = |expected: &str| {
        format!(
            "image_tags: {classes}\nrepositories: {{ shop: {{ retention: {retention} }} }}\nexpect: {{ it: {{ repository: shop, {expected} }} }}\n"
        )
    };
    for (expected, marked, label) in [
        ("tag: b-1a2b3c4d, age: 9d, is: kept", "{ expire_after: 7d, of: build }", "this rule expires the image"),
        (
            "tag: b-1a2b3c4d, age: 3d, is: expired",
            "{ expire_after: 7d, of: build }",
            "this rule decides about the image, and keeps it",
        ),
        (
            "tag: v1.0.0, age: 99d, is: expired",
            "{ keep: 2, of: release }",
            "this rule decides about the image, and keeps it",
        ),
        ("tag: n-20261101, age: 40d, is: kept", "{ archive_after: 30d, of: nightly }", "this rule archives the image"),
        ("tag: o-1, age: 400d, is: expired", "{ keep: 2, of: release }", "none of these rules matches the image"),
        (
            "pushes: { build: 1/day }, for: 20d, kept: 20",
            "{ expire_after: 7d, of: build }",
            "this rule expires the most images",
        ),
        (
            "pushes: { other: 1/day }, for: 20d, kept: 5",
            "{ keep: 2, of: release }",
            "none of these rules matches 20 of the 20 images that are left",
        ),
        (
            "pushes: { release: 1/day }, for: 20d, kept: 1",
            "{ keep: 2, of: release }",
            "this rule decides about 2 of the 2 images that are left",
        ),
        (
            "pushes: { other: 1/day }, for: 20d, saved: 50%",
            "{ keep: 2, of: release }",
            "none of these rules matches 20 of the 20 images that are left",
        ),
    ] {
        let compiled = shop(spec(expected));
        let second = &finding(&compiled, "failed-expectation").labels[1];
        let text =
            &compiled.sources().file(second.span.file).text[second.span.start as usize..second.span.end as usize];
        assert!(marked.starts_with(text) || text.starts_with(marked), "{expected}: {text}");
        assert_eq!(second.text, label, "{expected}");
    }
}

#[test]
fn a_failed_expectation_marks_a_repository_without_rules() {
    let compiled =
        shop("repositories: { shop: {} }\nexpect: { it: { repository: shop, tag: a, age: 9d, is: expired } }\n");
    assert_eq!(finding(&compiled, "failed-expectation").labels[1].text, "this repository has no retention rules");
}
