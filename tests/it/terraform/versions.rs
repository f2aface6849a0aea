//! Versions and constraints, according to the page "Version Constraints" of the Terraform language.

use ecrgen::terraform::{Constraint, Version};

fn version(text: &str) -> Version {
    Version::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn constraint(text: &str) -> Constraint {
    Constraint::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn versions_are_ordered_as_semantic_versions() {
    let ordered = [
        "0.9",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1",
        "1.2.10",
        "1.10",
    ];
    for pair in ordered.windows(2) {
        assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
    }
    assert_eq!(version("6.28"), Version::new(6, 28, 0));
}

#[test]
fn rejects_text_that_is_not_a_version() {
    for text in ["", "1.", ".1", "1.2.3.4", "v1.2", "1.x", "1.2.3-", "1.2.3-a..b", "+1", "1.2.3+build", "1 .2"] {
        assert!(Version::parse(text).is_err(), "{text}");
    }
}

#[test]
fn constraints_match_as_documented() {
    for (text, admitted, refused) in [
        ("1.2.0", "1.2.0", "1.2.1"),
        ("= 1.2.0", "1.2.0", "1.1.9"),
        ("!= 1.2.0", "1.2.1", "1.2.0"),
        ("> 1.2.0", "1.2.1", "1.2.0"),
        (">= 1.2.0", "1.2.0", "1.1.9"),
        ("< 2.0.0", "1.9.9", "2.0.0"),
        ("<= 2.0.0", "2.0.0", "2.0.1"),
        ("~> 1.0.4", "1.0.10", "1.1.0"),
        ("~> 1.0.4", "1.0.5", "1.0.3"),
        ("~> 1.1", "1.10.0", "2.0.0"),
        ("~> 1.1", "1.2.0", "1.0.9"),
        ("~> 1", "1.9.0", "2.0.0"),
        (">= 1.2.0, < 2.0.0", "1.5.7", "2.0.0"),
        (">=1.2.0,<2.0.0", "1.2.0", "1.1.0"),
        ("= 1.2.0-beta", "1.2.0-beta", "1.2.0"),
        (">= 1.2.0", "1.3.0", "1.3.0-beta"),
        ("~> 1.2", "1.3.0", "1.3.0-beta"),
    ] {
        assert!(constraint(text).admits(&version(admitted)), "{text} admits {admitted}");
        assert!(!constraint(text).admits(&version(refused)), "{text} refuses {refused}");
    }
}

#[test]
fn the_lowest_version_is_the_highest_lower_bound() {
    for (text, lowest) in [
        ("6.28.0", Some("6.28.0")),
        ("~> 6.28", Some("6.28.0")),
        ("~> 6", Some("6.0.0")),
        (">= 5.100, < 7.0", Some("5.100.0")),
        (">= 5, >= 6.2, ~> 6.1", Some("6.2.0")),
        ("> 6.7.0", Some("6.7.1")),
        (">= 6.7, != 6.7.1, != 6.7.0", Some("6.7.2")),
        (">= 1.2.0-beta", Some("1.2.0")),
        ("= 1.2.0-beta", Some("1.2.0-beta")),
        ("< 6.0", None),
        ("!= 6.0", None),
        (">= 7.0, < 6.0", None),
    ] {
        assert_eq!(constraint(text).lowest(), lowest.map(version), "{text}");
    }
}

#[test]
fn rejects_text_that_is_not_a_constraint() {
    for text in ["", ",", ">= 1.0,", "^1.0", "~1.0", "=> 1.0", ">= ", "latest", "1.0 2.0", "== 1.0"] {
        assert!(Constraint::parse(text).is_err(), "{text}");
    }
}
