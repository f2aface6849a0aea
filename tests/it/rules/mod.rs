//! Each rule reports its bad example and nothing else. A waiver covers exactly the findings at its paths.

mod consumers;
mod environments;
mod followed;
mod inherited;
mod kept;
mod lifecycle;
mod lists;
mod promise;
mod published;
mod reached;
mod regions;
mod retention;
mod shared_tags;
mod signatures;

use ecrgen::diagnostic::{Example, Severity};

use ecrgen::rules::Rule;

use crate::harness::Compiled;

/// The spec of an example, if it is one.
fn spec_of(example: Example) -> Option<&'static str> {
    if let Example::Spec(text) = example { Some(text) } else { None }
}

/// The spec of an example.
fn spec(example: Example) -> &'static str {
    spec_of(example).expect("a spec")
}

/// The rules whose bad example is a spec, with the spec. `catalog::words` does what the others describe.
fn bad_specs() -> impl Iterator<Item = (&'static Rule, &'static str)> {
    ecrgen::rules::all().filter_map(|rule| Some((rule, spec_of(rule.code.bad)?)))
}

#[test]
fn reports_each_bad_example_with_its_own_rule_only() {
    for (rule, bad) in bad_specs() {
        let found = Compiled::of(bad);
        assert!(!found.findings().is_empty(), "{}", rule.code.name);
        for finding in found.findings() {
            assert_eq!((finding.code.name, finding.severity), (rule.code.name, rule.code.severity), "{finding:?}");
            assert!(finding.help.is_some() && !finding.labels.is_empty() && !finding.path.is_empty(), "{finding:?}");
        }
    }
}

#[test]
fn sorts_the_rules_of_each_subject_by_code() {
    for rules in ecrgen::rules::RULES {
        assert!(rules.is_sorted_by(|a, b| a.code.name < b.code.name));
    }
}

/// Two services share five images.
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
fn waives_a_finding_at_or_below_the_path() {
    assert_eq!(Compiled::of(SHARED).codes(), ["shared-retention-count"]);
    for at in ["repositories.shop.retention", "repositories.shop", "repositories"] {
        let waived = format!("{SHARED}waive: {{ shared-retention-count: {{ at: [{at}], reason: few builds }} }}\n");
        assert_eq!(Compiled::of(&waived).codes(), Vec::<&str>::new(), "{at}");
        assert_eq!(Compiled::of(&waived).outputs().len(), 1);
    }
}

#[test]
fn reports_a_waiver_of_another_path_as_unused() {
    for at in ["repositories.sho", "repositories.shop.retention.keep", "access", "repositories.shop-2"] {
        let waived = format!("{SHARED}waive: {{ shared-retention-count: {{ at: [{at}], reason: few builds }} }}\n");
        let mut codes = Compiled::of(&waived).codes();
        codes.sort();
        assert_eq!(codes, ["shared-retention-count", "unused-waiver"], "{at}");
    }
}

/// The finding is about repository `shop`, and marks the value that decides.
#[test]
fn waives_a_finding_where_it_is_shown() {
    let retention = "    retention: [{ keep: 5, of: tagged }]\n";
    let rule = retention.trim_start();
    let bare = SHARED.replace(retention, "");
    let in_defaults = format!("{bare}repository_defaults:\n  {rule}");
    let several = format!(
        "{}environments:\n  dev:\n    repository_defaults:\n      {rule}  prod: {{ region: eu-west-1 }}\n",
        bare.replace("environment: shared\n", "")
    );
    for (spec, at, is_waived) in [
        (&in_defaults, "repository_defaults", true),
        (&in_defaults, "repository_defaults.retention", true),
        (&in_defaults, "repositories.shop", true),
        (&in_defaults, "repository_defaults.encryption", false),
        (&several, "environments.dev.repository_defaults", true),
        (&several, "environments.dev", true),
        (&several, "repository_defaults", true),
        (&several, "environments.prod.repository_defaults", false),
    ] {
        let waived = format!("{spec}waive: {{ shared-retention-count: {{ at: [{at}], reason: few builds }} }}\n");
        let expected: &[&str] = if is_waived { &[] } else { &["shared-retention-count", "unused-waiver"] };
        assert_eq!(Compiled::of(&waived).codes(), expected, "{at}: {waived}");
    }
}

#[test]
fn applies_a_waiver_until_the_end_of_its_last_day() {
    let waived = format!(
        "{SHARED}waive: {{ shared-retention-count: {{ at: [repositories.shop], reason: few builds, until: \"2027-06-30\" }} }}\n"
    );
    assert_eq!(Compiled::on("2027-06-30", &waived).findings(), []);
    let after = Compiled::on("2027-07-01", &waived);
    assert_eq!(after.codes(), ["shared-retention-count"]);
    let label = after.findings()[0].labels.iter().find(|label| label.text == "waiver ended on 2027-06-30");
    let place = waived.find("\"2027-06-30\"").expect("a date in the spec");
    assert_eq!(
        label.expect("a label about the end of the waiver").span.start as usize,
        place,
        "{:?}",
        after.findings()
    );
}

#[test]
fn reports_an_expired_waiver_without_a_finding_as_unused() {
    let waived = "waive: { shared-retention-count: { at: [repositories.shop], reason: x, until: \"2027-06-30\" } }\n";
    let fixed = format!("{}{waived}", SHARED.replace("of: tagged", "of: tagged, per: service"));
    for today in ["2027-06-30", "2027-07-01"] {
        assert_eq!(Compiled::on(today, &fixed).codes(), ["unused-waiver"], "{today}");
    }
}

#[test]
fn rejects_a_waiver_of_an_unknown_rule() {
    let waived = format!("{SHARED}waive: {{ shared-retention-cuont: {{ at: [repositories], reason: x }} }}\n");
    let found = Compiled::of(waived);
    let unknown = found.findings().iter().find(|finding| finding.code.name == "unknown-rule").unwrap();
    assert_eq!(unknown.severity, Severity::Error);
    assert_eq!(unknown.help.as_deref(), Some("did you mean `shared-retention-count`?"));
}

/// Every code of the catalog either can be waived, or is refused as such. A help names only codes that can be waived.
#[test]
fn suggests_only_what_can_be_waived() {
    let waive = |code: &str| {
        let spec = SHARED.replace("of: tagged", "of: tagged, per: service");
        Compiled::of(format!("{spec}waive: {{ {code}: {{ at: [repositories], reason: x }} }}\n"))
    };
    let can_be_waived = |code: &str| waive(code).codes() == ["unused-waiver"];
    for code in ecrgen::catalog::all() {
        assert_eq!(can_be_waived(code.name), waive(code.name).codes() != ["cannot-waive"], "{}", code.name);
        assert!(code.severity < Severity::Error || !can_be_waived(code.name), "{}", code.name);
        // One letter is wrong.
        let unknown = waive(&format!("{}q", code.name));
        let help = unknown.findings()[0].help.clone().expect("a help");
        let named = help.split_once('`').and_then(|(_, rest)| rest.split_once('`'));
        let named: Vec<&str> = named.map_or_else(
            || help.trim_start_matches("rules: ").split(", ").filter(|name| !name.contains(' ')).collect(),
            |(name, _)| vec![name],
        );
        assert!(!named.is_empty() && named.iter().all(|name| can_be_waived(name)), "{}: {help}", code.name);
    }
}

#[test]
fn rejects_a_waiver_of_an_error() {
    let errors = bad_specs().filter(|(rule, _)| rule.code.severity == Severity::Error);
    for (rule, bad) in errors {
        let code = rule.code.name;
        let waived = format!("{bad}waive: {{ {code}: {{ at: [access, image_tags], reason: x }} }}\n");
        let mut codes = Compiled::of(&waived).codes();
        codes.sort();
        codes.dedup();
        let mut expected = [code, "cannot-waive"];
        expected.sort();
        assert_eq!(codes, expected);
    }
}

/// An error about a lifecycle policy cannot be waived, whether or not the spec has the error.
#[test]
fn rejects_a_waiver_of_a_lifecycle_policy_error() {
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
fn limits_a_waiver_to_one_environment() {
    let two = SHARED.replace(
        "environment: shared",
        "environments: { dev: {}, prod: { account: \"123456789012\" } }\naccount: \"210987654321\"",
    );
    assert_eq!(Compiled::of(&two).codes(), ["shared-retention-count"], "both environments report the same line once");
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
