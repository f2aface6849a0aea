//! A value of another shape: a list or text instead of a map, and the reverse.

use ecrgen::diagnostic::Severity;

use crate::harness::shop;

/// The help of the only error.
fn help(spec: &str) -> String {
    let compiled = shop(spec);
    let errors: Vec<_> = compiled.findings().iter().filter(|finding| finding.severity == Severity::Error).collect();
    let [error] = errors[..] else { panic!("{spec}{errors:#?}") };
    error.help.clone().unwrap_or_else(|| panic!("no help for {spec}{error:#?}"))
}

fn entry(keys: &str) -> String {
    help(&format!("repositories: {{ cart: {{}} }}\naccess: {{ ci: {{ can: [pull], repositories: all, {keys} }} }}\n"))
}

/// Only one key of the map accepts the value.
#[test]
fn a_value_instead_of_a_map_has_the_key_that_it_belongs_to() {
    assert_eq!(entry("lambda: [resize]"), "write `lambda: { functions: [resize] }`");
    assert_eq!(entry("lambda: resize"), "write `lambda: { functions: [resize] }`");
    assert_eq!(entry("irsa: [shop/cart]"), "write `irsa: { service_accounts: [shop/cart] }`");
    assert_eq!(entry("github: acme/shop"), "write `github: { repository: acme/shop }`");
    assert_eq!(
        help("repositories: { cart: {} }\nmonitoring: { event_log: [push, scan] }\n"),
        "write `event_log: { events: [push, scan] }`"
    );
    assert_eq!(
        help("repositories: { cart: { encryption: alias/registry } }\n"),
        "write `encryption: { kms: \"alias/registry\" }`"
    );
    // Several keys accept it.
    assert!(help("repositories: { cart: {} }\nworkspace: shop-ecr\n").starts_with("valid keys: organization"));
    // The program accepts what the helps say.
    let spec = "repositories: { cart: { encryption: { kms: \"alias/registry\" } } }\nmonitoring: { event_log: { events: [push, scan] } }\n\
                access: { fn: { can: [pull], repositories: all, lambda: { functions: [resize] } } }\n";
    assert_eq!(shop(spec).errors(), [""; 0]);
}

#[test]
fn a_list_instead_of_a_map_has_its_first_name_as_a_key() {
    let map = |entry: &str| format!("write a map with each name as a key, for example `{entry}`");
    assert_eq!(help("repositories: [cart, search]\n"), map("cart: {}"));
    assert_eq!(help("repositories: [{ name: cart }]\n"), map("cart: {}"));
    assert_eq!(help("repositories: { cart: {} }\noidc_providers: [github]\n"), map("github: …"));
    assert_eq!(help("repositories: { cart: {} }\nremoved: [old]\n"), map("old: …"));
}

#[test]
fn another_value_instead_of_a_list_has_the_list() {
    let retention = |value: &str| help(&format!("repositories: {{ cart: {{ retention: {value} }} }}\n"));
    assert_eq!(retention("{ keep: 10, of: untagged }"), "put the map in brackets: `[{ … }]`");
    assert!(retention("30d").starts_with("write a list of maps in `[{ }]`, with these keys: keep, then, expire_after"));
    let events = help("repositories: { cart: {} }\nmonitoring: { event_log: { events: all } }\n");
    assert_eq!(
        events,
        "write a list in `[ ]`; for its items, expected `push`, `delete`, `scan`, `critical-finding`, `high-finding` or `replication-failed`, found `all`"
    );
}

#[test]
fn what_people_grant_in_the_words_of_aws_has_the_word_of_the_spec() {
    let can = |word: &str| {
        let spec = format!("access: {{ ci: {{ can: [pull, {word}], repositories: all, roles: [x] }} }}\n");
        help(&format!("repositories: {{ cart: {{}} }}\n{spec}"))
    };
    assert_eq!(can("DescribeImages"), "write `ecr:DescribeImages`");
    assert_eq!(can("batchGetImage"), "write `ecr:BatchGetImage`");
    assert_eq!(can("login"), "remove it: the verbs that need `ecr:GetAuthorizationToken` include it");
    assert!(can("\"ecr:Describe*\"").starts_with("patterns are not supported here"));
}
