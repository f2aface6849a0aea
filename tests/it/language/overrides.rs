//! Entries of environments and of files with `extends` that override nothing.

use crate::harness::{Compiled, Specs};

/// An entry of an environment with a new name creates another repository.
#[test]
fn a_misspelled_override_is_a_warning() {
    let spec = |over: &str, base: &str| {
        format!(
            "platform: shop\nregion: eu-central-1\nnames: {{ repository: \"{{environment}}/{{repository}}\" }}\n\
             environments: {{ dev: {{ repositories: {{ {over} }} }}, prod: {{}} }}\nrepositories: {{ {base} }}\n"
        )
    };
    let codes = |over: &str, base: &str| Compiled::of(spec(over, base)).codes();
    assert_eq!(codes("kart: {}", "cart: {}, search: {}"), ["unmatched-override"]);
    assert_eq!(codes("serach: {}", "cart: {}, search: {}"), ["unmatched-override"]);
    for new in ["cart: {}", "mail: {}", "cart2: {}", "search: none"] {
        assert_eq!(codes(new, "cart: {}, search: {}"), [""; 0], "{new}");
    }
    assert_eq!(codes("kart: {}, cart: {}", "cart: {}"), [""; 0], "the platform's entry is overridden too");
    let waived =
        spec("kart: {}", "cart: {}") + "waive: { unmatched-override: { at: [repositories.kart], reason: new } }\n";
    let waived_there = waived.replace("repositories.kart]", "environments.dev.repositories.kart]");
    let found = [waived, waived_there].map(|spec| Compiled::of(spec).codes());
    assert!(found.contains(&vec![]), "{found:?}");
}

const PLATFORM: &str = "platform: shop
region: eu-central-1
account: \"111111111111\"
names: { repository: \"{environment}/{repository}\" }
repositories: { cart: {}, search: {} }
access: { nodes: { can: [pull, import], repositories: all, node_roles: [nodes] } }
registry: { pull_through_cache: { quay: { upstream: quay } } }
monitoring: { alerts: { pushes: { events: [push], sns: create } } }
outputs: { cart: repository_urls }
resource_tags: { Owner: shop }
assert: { nodes pull: { can: [pull], only: [nodes] } }
";

/// `environments.dev` of the platform, and `environments.prod`.
fn in_dev(over: &str) -> Compiled {
    Compiled::of(format!(
        "{PLATFORM}environments: {{ dev: {{ account: \"222222222222\", {over} }}, prod: {{ {over} }} }}\n"
    ))
}

/// Each map whose entries have names of their own.
#[test]
fn none_for_an_entry_that_does_not_exist_is_refused_with_both_places() {
    let maps = ["repositories", "access", "outputs", "resource_tags", "assert", "monitoring.alerts"];
    for map in maps.into_iter().chain(["registry.pull_through_cache"]) {
        let (open, close) = match map.split_once('.') {
            Some((above, key)) => (format!("{above}: {{ {key}: "), " }"),
            None => (format!("{map}: "), ""),
        };
        let compiled =
            Compiled::of(format!("{PLATFORM}environments: {{ prod: {{ {open}{{ gone: none }}{close} }} }}\n"));
        let findings = compiled.findings();
        let [finding] = findings else { panic!("{map}: {findings:?}") };
        assert_eq!(finding.code.name, "removes-nothing", "{map}");
        assert_eq!(finding.message, format!("`none` removes nothing, because the platform has no `{map}.gone`"));
        assert_eq!(*finding.path, *format!("environments.prod.{map}.gone"));
        assert_eq!(finding.labels.len(), 2, "{map}");
    }
}

#[test]
fn none_for_an_entry_of_the_platform_leaves_it_out() {
    for over in [
        "repositories: { search: none }",
        "repositories: { search: none }, outputs: { cart: none }",
        "resource_tags: { Owner: none }",
        "monitoring: { alerts: { pushes: none } }",
        "assert: { nodes pull: none }",
    ] {
        assert_eq!(in_dev(over).codes(), [""; 0], "{over}");
    }
}

#[test]
fn a_similar_name_is_proposed() {
    let compiled = in_dev("repositories: { serach: none }");
    let helps: Vec<_> = compiled.findings().iter().map(|finding| finding.help.clone().unwrap()).collect();
    assert_eq!(helps, ["did you mean `search`? Otherwise, remove the entry"; 2]);
}

/// A base for several platforms may leave out in one environment what only some of them have below.
#[test]
fn what_a_file_removes_must_be_in_a_file_that_it_extends() {
    let codes = |base: &str, over: &str| {
        let base = format!("{PLATFORM}{base}\n");
        Specs::default()
            .file("base.yaml", base)
            .spec("spec.yaml", format!("extends: base.yaml\n{over}\n"))
            .compile()
            .codes()
    };
    let dev = "environments: { dev: {} }";
    assert_eq!(codes(dev, "repositories: { search: none }"), [""; 0]);
    assert_eq!(codes(dev, "repositories: { gone: none }"), ["removes-nothing"]);
    assert_eq!(codes("environments: { dev: { repositories: { more: none } } }", "repositories: { more: {} }"), [""; 0]);
    let only_in_dev = "environments: { dev: { repositories: { more: {} } } }";
    assert_eq!(codes(only_in_dev, "environments: { dev: { repositories: { more: none } } }"), [""; 0]);
    assert_eq!(codes(only_in_dev, "repositories: { more: none }"), ["removes-nothing"]);
}
