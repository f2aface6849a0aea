//! A near miss has a help with the text to write, and a spec with that text has no errors.

use ecrgen::diagnostic::Severity;

use crate::harness::{Compiled, HEAD};

const CLASSES: &str = "image_tags: { release: \"v{version}\", build: \"b-{sha:8}\" }\n";

/// A retention rule, with the near miss in brackets.
fn rule(rule: &str) -> String {
    format!("{CLASSES}repositories: {{ shop: {{ retention: [{{ {rule} }}] }} }}\n")
}

fn entry(entry: &str) -> String {
    format!("repositories: {{ shop: {{}} }}\naccess: {{ nodes: {{ {entry}, node_roles: [node] }} }}\n")
}

/// A spec with a near miss in brackets, and what its author meant: the help contains it in backquotes or at its end.
fn near_misses() -> Vec<(String, &'static str)> {
    let age = |text: &str| rule(&format!("expire_after: ‹{text}›, of: untagged"));
    let keep = |text: &str| rule(&format!("keep: ‹{text}›, of: build"));
    let of = |text: &str| rule(&format!("keep: 3, of: ‹{text}›"));
    let key = |text: &str| format!("repositories: {{ ‹{text}›: {{}} }}\n");
    vec![
        (age("2 weeks"), "2w"),
        (age("14 days"), "14d"),
        (age("14day"), "14d"),
        (age("48h"), "2d"),
        (age("1_000d"), "1000d"),
        (age("P14D"), "14d"),
        (age("14"), "14d"),
        (age("\"14\""), "14d"),
        (age("1 Year"), "1y"),
        (keep("1_000"), "1000"),
        (keep("\"30\""), "30"),
        (keep("\"1,000\""), "1000"),
        (keep("ALL"), "all"),
        (keep("All"), "all"),
        (of("Build"), "build"),
        (of("Untagged"), "untagged"),
        (of("untaged"), "untagged"),
        (of("ALL"), "any"),
        (of("all"), "any"),
        (of("\"*\""), "any"),
        (key("Cart"), "cart"),
        (key("\"my cart\""), "my-cart"),
        (key("cart/"), "cart"),
        (key("cart-"), "cart"),
        (entry("can: [‹PULL›], repositories: all"), "pull"),
        (entry("can: ‹pull›, repositories: all"), "[pull]"),
        (entry("can: [pull], repositories: ‹ALL›"), "all"),
        (entry("can: [pull], repositories: ‹\"*\"›"), "all"),
        (entry("can: [pull], repositories: ‹shop›"), "[shop]"),
        ("platform: ‹shop,›\nrepositories: { shop: {} }\n".to_owned(), "shop"),
        ("repositories: { shop: { tag_mutability: ‹IMMUTABLE› } }\n".to_owned(), "immutable"),
        ("repositories: { shop: { scan_on_push: ‹yes› } }\n".to_owned(), "true"),
        ("repositories: { shop: { encryption: ‹KMS› } }\n".to_owned(), "kms"),
    ]
}

fn full(spec: &str) -> String {
    let head = if spec.starts_with("platform") { HEAD.replace("platform: shop\n", "") } else { HEAD.to_owned() };
    format!("{head}{spec}")
}

#[test]
fn the_help_of_a_near_miss_is_followed_by_no_other_error() {
    for (spec, meant) in near_misses() {
        let bad = Compiled::of(full(&spec.replace(['‹', '›'], "")));
        let errors: Vec<_> = bad.findings().iter().filter(|finding| finding.severity == Severity::Error).collect();
        let [error] = errors[..] else { panic!("{spec}{errors:#?}") };
        let help = error.help.as_deref().unwrap_or_default();
        assert!(help.contains(&format!("`{meant}`")) || help.ends_with(&format!(": {meant}")), "{spec}{help}");
        let (before, rest) = spec.split_once('‹').expect("a near miss");
        let (_, after) = rest.split_once('›').expect("its end");
        assert_eq!(Compiled::of(full(&format!("{before}{meant}{after}"))).errors(), [""; 0], "{spec}{help}");
    }
}

/// The help of the only error.
fn help(spec: &str) -> String {
    let compiled = Compiled::of(full(spec));
    let errors: Vec<_> = compiled.findings().iter().filter(|finding| finding.severity == Severity::Error).collect();
    let [error] = errors[..] else { panic!("{spec}{errors:#?}") };
    error.help.clone().unwrap_or_else(|| panic!("no help for {spec}{error:#?}"))
}

#[test]
fn other_near_misses_have_the_way_to_write_them() {
    assert_eq!(
        help(&rule("keep: 3, of: \"v*\"")),
        "declare these tags in `image_tags`, for example `release: \"v{version}\"`, and write the name of that class here"
    );
    assert_eq!(help(&rule("keep: 30d")), "write `expire_after: 30d` instead of `keep` to delete images by age");
    assert_eq!(help(&rule("keep: 1,000")), "write `keep: 1000`: in `{ }`, a comma begins the next entry");
    assert!(help(&rule("keep: ten")).starts_with("write a whole number such as `10`"));
    assert_eq!(
        help(&entry("can: [pull], repositories: [\"shop-*\"]")),
        "patterns are not supported here: write the key of each repository"
    );
    assert_eq!(
        help(&entry("can: [pull], repositories: [all]")),
        "write `repositories: all`, without brackets, for all repositories of this spec"
    );
    assert!(help(&entry("can: [all], repositories: all")).starts_with("list the verbs"));
}

/// The author of a `retention` wrote no `rulePriority`.
#[test]
fn a_rule_for_all_images_moves_to_the_end() {
    for first in ["keep: 5, of: any", "keep: 5", "expire_after: 9d"] {
        let before =
            format!("{CLASSES}repositories: {{ shop: {{ retention: [{{ {first} }}, {{ keep: 3, of: build }}] }} }}\n");
        assert_eq!(help(&before), "move this rule to the end of `retention`");
        let after =
            format!("{CLASSES}repositories: {{ shop: {{ retention: [{{ keep: 3, of: build }}, {{ {first} }}] }} }}\n");
        assert_eq!(Compiled::of(full(&after)).errors(), [""; 0]);
    }
}
