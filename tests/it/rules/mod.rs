//! Every rule finds its bad example and nothing else in it; waivers accept what they say and no more.

mod regions;
mod retention;

use ecrgen::diagnostic::{Example, Severity};

use crate::harness::Compiled;

/// The spec of an example.
fn spec(example: Example) -> &'static str {
    match example {
        Example::Spec(text) => text,
        other => panic!("{other:?} is no spec"),
    }
}

#[test]
fn every_bad_example_is_found_by_its_rule_alone() {
    for rule in ecrgen::rules::all() {
        let found = Compiled::of(spec(rule.code.bad));
        assert!(!found.findings().is_empty(), "{}", rule.code.name);
        for finding in found.findings() {
            assert_eq!((finding.code.name, finding.severity), (rule.code.name, rule.code.severity), "{finding:?}");
            assert!(finding.help.is_some() && !finding.labels.is_empty() && !finding.path.is_empty(), "{finding:?}");
        }
    }
}

#[test]
fn the_rules_of_a_subject_are_sorted_by_code() {
    for rules in ecrgen::rules::RULES {
        assert!(rules.is_sorted_by(|a, b| a.code.name < b.code.name));
    }
}

/// Four services share five images.
const SHARED: &str = "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"{service}-v{version}\" }
repositories:
  shop:
    services: [cart, search]
    retention: [{ keep: 5, of: tagged }]
";

#[test]
fn a_waiver_accepts_a_finding() {
    assert_eq!(Compiled::of(SHARED).codes(), ["shared-retention-count"]);
    for at in ["repositories.shop.retention", "repositories.shop", "repositories"] {
        let waived = format!("{SHARED}waive: {{ shared-retention-count: {{ at: [{at}], reason: few builds }} }}\n");
        assert_eq!(Compiled::of(&waived).codes(), Vec::<&str>::new(), "{at}");
        assert_eq!(Compiled::of(&waived).outputs().len(), 1);
    }
}

#[test]
fn a_waiver_of_something_else_is_unused_and_accepts_nothing() {
    for at in ["repositories.sho", "repositories.shop.retention.keep", "access", "repositories.shop-2"] {
        let waived = format!("{SHARED}waive: {{ shared-retention-count: {{ at: [{at}], reason: few builds }} }}\n");
        let mut codes = Compiled::of(&waived).codes();
        codes.sort();
        assert_eq!(codes, ["shared-retention-count", "unused-waiver"], "{at}");
    }
}

#[test]
fn a_waiver_counts_until_the_end_of_its_last_day() {
    let waived = format!(
        "{SHARED}waive: {{ shared-retention-count: {{ at: [repositories.shop], reason: few builds, until: \"2027-06-30\" }} }}\n"
    );
    assert_eq!(Compiled::on("2027-06-30", &waived).findings(), []);
    let after = Compiled::on("2027-07-01", &waived);
    assert_eq!(after.codes(), ["shared-retention-count"]);
    let said = after.findings()[0].labels.iter().find(|label| label.text == "it was accepted until 2027-06-30");
    let place = waived.find("\"2027-06-30\"").expect("is there");
    assert_eq!(said.expect("says that the waiver has ended").span.start as usize, place, "{:?}", after.findings());
}

#[test]
fn a_waiver_that_has_ended_and_has_nothing_to_accept_is_unused() {
    let waived = "waive: { shared-retention-count: { at: [repositories.shop], reason: x, until: \"2027-06-30\" } }\n";
    let mended = format!("{}{waived}", SHARED.replace("of: tagged", "of: tagged, per: service"));
    for today in ["2027-06-30", "2027-07-01"] {
        assert_eq!(Compiled::on(today, &mended).codes(), ["unused-waiver"], "{today}");
    }
}

#[test]
fn a_waiver_of_no_rule_is_an_error() {
    let waived = format!("{SHARED}waive: {{ shared-retention-cuont: {{ at: [repositories], reason: x }} }}\n");
    let found = Compiled::of(waived);
    let unknown = found.findings().iter().find(|finding| finding.code.name == "unknown-rule").unwrap();
    assert_eq!(unknown.severity, Severity::Error);
    assert_eq!(unknown.help.as_deref(), Some("did you mean `shared-retention-count`?"));
}

#[test]
fn no_error_can_be_waived() {
    let errors = ecrgen::rules::all().filter(|rule| rule.code.severity == Severity::Error);
    for rule in errors {
        let (code, bad) = (rule.code.name, spec(rule.code.bad));
        let waived = format!("{bad}waive: {{ {code}: {{ at: [access, image_tags], reason: x }} }}\n");
        let mut codes = Compiled::of(&waived).codes();
        codes.sort();
        codes.dedup();
        let mut expected = [code, "cannot-waive"];
        expected.sort();
        assert_eq!(codes, expected);
    }
}

/// What AWS refuses of a lifecycle policy is an error whether it is there or not.
#[test]
fn no_error_of_a_lifecycle_policy_can_be_waived() {
    for constraint in ecrgen::lifecycle::constraints() {
        let waived = format!(
            "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: {{ shop: {{}} }}\nwaive: {{ {}: {{ at: \
             [repositories.shop], reason: x }} }}\n",
            constraint.code.name
        );
        let wanted = if constraint.code.severity == Severity::Error { "cannot-waive" } else { "unused-waiver" };
        assert_eq!(Compiled::of(&waived).codes(), [wanted], "{}", constraint.code.name);
    }
}

#[test]
fn a_waiver_can_be_for_one_environment() {
    let two = SHARED.replace(
        "environment: shared",
        "environments: { dev: {}, prod: { account: \"123456789012\" } }\naccount: \"210987654321\"",
    );
    assert_eq!(
        Compiled::of(&two).codes(),
        ["shared-retention-count"],
        "both environments say the same of the same line"
    );
    for (at, left) in [
        ("environments.dev.repositories.shop", vec!["shared-retention-count"]),
        ("environments.dev", vec!["shared-retention-count"]),
        ("environments", vec![]),
        ("repositories", vec![]),
    ] {
        let waived = format!("{two}waive: {{ shared-retention-count: {{ at: [{at}], reason: x }} }}\n");
        assert_eq!(Compiled::of(&waived).codes(), left, "{at}");
    }
    let both = "[environments.dev.repositories.shop, environments.prod.repositories]";
    let waived = format!("{two}waive: {{ shared-retention-count: {{ at: {both}, reason: x }} }}\n");
    assert_eq!(Compiled::of(&waived).codes(), Vec::<&str>::new());
}
