//! Filters of scanning rules, judged by a second implementation of AWS's matching, which reads its definition word by word.

use std::collections::{BTreeMap, BTreeSet};

use ecrgen::platform::registry::scan_filter::{MOST, filters, matches};
use ecrgen::platform::registry::scanning::Frequency;
use proptest::prelude::*;

use crate::harness::shop;

/// ECR user guide, "Filters to choose which repositories are scanned": without `*`, all names that contain the filter; with
/// `*`, which is zero or more characters, only whole names.
fn is_matched_by_definition(filter: &str, name: &str) -> bool {
    fn whole(filter: &[u8], name: &[u8]) -> bool {
        match filter {
            [] => name.is_empty(),
            [b'*', rest @ ..] => (0..=name.len()).any(|taken| whole(rest, &name[taken..])),
            [one, rest @ ..] => name.first() == Some(one) && whole(rest, &name[1..]),
        }
    }
    match filter.contains('*') {
        true => whole(filter.as_bytes(), name.as_bytes()),
        false => (0..=name.len()).any(|start| name[start..].starts_with(filter)),
    }
}

/// The examples of the user guide.
#[test]
fn filters_match_as_aws_documents() {
    let examples: [(&str, &[&str], &[&str]); 4] = [
        ("prod", &["prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo"], &["pro", "repo"]),
        ("prod*", &["prod", "prod-repo", "prodrepo"], &["repo-prod", "repo-prod-repo"]),
        ("*prod", &["prod", "repo-prod"], &["prod-repo", "prodrepo"]),
        ("prod*repo", &["prod-repo", "prodrepo"], &["prod", "repo-prod", "repo-prod-repo"]),
    ];
    for (filter, matched, others) in examples {
        for name in matched.iter().chain(others) {
            let expected = matched.contains(name);
            assert_eq!((filter, *name, is_matched_by_definition(filter, name)), (filter, *name, expected));
            assert_eq!((filter, *name, matches(filter, name)), (filter, *name, expected));
        }
    }
}

/// `filter` of ScanningRepositoryFilter (ECR API reference): `^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$`, 1 to 255 characters.
fn is_accepted(filter: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '*';
    let characters: Vec<char> = filter.chars().collect();
    let known = characters.iter().all(|c| is_letter(*c) || "._-/".contains(*c));
    let no_two_separators = characters.windows(2).all(|pair| pair.iter().any(|c| is_letter(*c)));
    let ends = characters.first().is_some_and(|c| is_letter(*c)) && characters.last().is_some_and(|c| is_letter(*c));
    known && no_two_separators && ends && filter.len() <= 255
}

/// Every filter that matches a short name, for all ways to replace parts of it with `*`, and all parts of it.
fn all_for(name: &str) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = BTreeSet::from([String::new()]);
    for character in name.chars() {
        let with = |one: &String| [format!("{one}{character}"), format!("{one}*{character}"), format!("{one}*")];
        all = all.iter().flat_map(with).collect();
    }
    let ended = |one: &String| [one.clone(), format!("{one}*")];
    let parts = (0..name.len()).flat_map(|start| (start + 1..=name.len()).map(move |end| name[start..end].to_owned()));
    all.iter().flat_map(ended).chain(parts).filter(|filter| is_accepted(filter)).collect()
}

/// Names in the form that ECR accepts, from few characters, so that they contain each other.
fn names(most: usize) -> impl Strategy<Value = BTreeMap<String, bool>> {
    let name = "[ab]{1,3}((-|--|_|/)[ab]{1,2}){0,2}";
    proptest::collection::btree_map(name.prop_filter("at least two", |name| name.len() >= 2), any::<bool>(), 0..most)
}

fn split(names: &BTreeMap<String, bool>) -> (BTreeSet<String>, BTreeSet<String>) {
    let of = |wish: bool| names.iter().filter(|(_, wished)| **wished == wish).map(|(name, _)| name.clone()).collect();
    (of(true), of(false))
}

proptest! {
    #[test]
    fn filters_match_as_defined(filter in "[ab*-]{1,6}", name in "[ab-]{0,8}") {
        prop_assert_eq!(matches(&filter, &name), is_matched_by_definition(&filter, &name));
    }

    /// The filters match what is wished and nothing else, apart from what they report. AWS accepts each, and needs each.
    #[test]
    fn filters_match_exactly_the_wished_names(names in names(12)) {
        let (wished, others) = split(&names);
        let (filters, too_wide) = filters(&wished, &others);
        let matched = |name: &str, without: Option<&String>| {
            filters.iter().filter(|filter| Some(*filter) != without).any(|filter| is_matched_by_definition(filter, name))
        };
        for name in &wished {
            prop_assert!(matched(name, None), "{} is not matched by {:?}", name, filters);
        }
        let reported: BTreeSet<&str> = too_wide.iter().map(|wide| wide.other.as_str()).collect();
        for name in &others {
            prop_assert!(!matched(name, None) || reported.contains(name.as_str()), "{} by {:?}", name, filters);
        }
        for filter in &filters {
            prop_assert!(is_accepted(filter), "{}", filter);
            let is_needed = wished.iter().any(|name| !matched(name, Some(filter)));
            prop_assert!(is_needed, "{} of {:?} for {:?}", filter, filters, wished);
        }
    }

    /// What is reported cannot be avoided: every filter for the name matches others.
    #[test]
    fn a_filter_is_too_wide_only_if_every_filter_is(names in names(6)) {
        let (wished, others) = split(&names);
        let (_, too_wide) = filters(&wished, &others);
        for wide in &too_wide {
            let is_exact = |filter: &String| !others.iter().any(|other| is_matched_by_definition(filter, other));
            let better = all_for(&wide.wished).into_iter().find(is_exact);
            prop_assert_eq!(better, None, "{:?}", wide);
        }
    }
}

fn of(wished: &[&str], others: &[&str]) -> Vec<String> {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let (filters, too_wide) = filters(&set(wished), &set(others));
    assert_eq!(too_wide, []);
    filters
}

/// A wildcard for a namespace of the platform, and the plain name wherever that matches nothing else.
#[test]
fn filters_read_as_people_write_them() {
    assert_eq!(of(&["cart"], &[]), ["cart"]);
    assert_eq!(of(&["cart", "search"], &[]), ["cart", "search"]);
    assert_eq!(of(&["shop/cart", "shop/search"], &[]), ["shop/*"]);
    assert_eq!(of(&["shop/cart", "shop/search"], &["shop/old"]), ["shop/cart", "shop/search"]);
    assert_eq!(of(&["shop/eu/cart", "shop/eu/search", "web"], &[]), ["shop/eu/*", "web"]);
    assert_eq!(of(&["cart"], &["cart-old"]), ["*cart"]);
    assert_eq!(of(&["cart"], &["old-cart"]), ["cart*"]);
    assert_eq!(of(&["cart"], &["old-cart", "cart-old"]), ["c*art"]);
    assert_eq!(of(&["a--b"], &[]), ["a-*-b"]);
    assert_eq!(of(&["my--team/*"], &[]), ["my-*-team/*"]);
    assert_eq!(of(&["t__x/*", "q-_y/z/*"], &[]), ["q-*_y/z/*", "t_*_x/*"]);
    // A template creates these. The pattern matches what the filter of the repository does.
    assert_eq!(of(&["team/*", "team/cart"], &["cart"]), ["team/*"]);
}

/// ECR allows 100 filters. Names with a common beginning share one, as long as it matches nothing else.
#[test]
fn many_repositories_need_few_filters() {
    let numbered = |count: usize| (0..count).map(|n| format!("service-{n:04}")).collect::<BTreeSet<String>>();
    let plain = filters(&numbered(MOST), &BTreeSet::new()).0;
    assert_eq!(plain, numbered(MOST).into_iter().collect::<Vec<_>>());
    let wished = numbered(1000);
    let (shared, too_wide) = filters(&wished, &BTreeSet::from(["service-x".to_owned(), "other".to_owned()]));
    assert!((2..=MOST).contains(&shared.len()), "{shared:?}");
    assert_eq!(too_wide, []);
    for name in &wished {
        assert!(shared.iter().any(|filter| is_matched_by_definition(filter, name)), "{name}");
    }
    for other in ["service-x", "other", "service-2"] {
        assert!(!shared.iter().any(|filter| is_matched_by_definition(filter, other)), "{other}: {shared:?}");
    }
}

#[test]
fn long_names_get_filters_that_aws_accepts() {
    for length in [254, 255, 256] {
        let name = "ab-".repeat(86)[..length - 1].to_owned() + "c";
        let separated = name.replacen("-", "--", 1)[..length].trim_end_matches('-').to_owned();
        for name in [name, separated] {
            let longer = format!("{name}{}", if name.len() < 256 { "d" } else { "" });
            let others =
                BTreeSet::from([longer].map(String::from)).into_iter().filter(|other| *other != name).collect();
            let (filters, _) = filters(&BTreeSet::from([name.clone()]), &others);
            assert!(filters.iter().all(|filter| is_accepted(filter)), "{filters:?}");
            assert!(filters.iter().any(|filter| is_matched_by_definition(filter, &name)), "{name}");
        }
    }
}

/// The frequency of each repository, as AWS decides it: continuous wins if rules of both frequencies match.
fn effective(rest: &str) -> BTreeMap<String, Option<Frequency>> {
    let compiled = shop(rest);
    let platform = compiled.platform();
    let rules = &platform.registry.as_ref().expect("a registry").scanning.rules;
    let is_matched = |frequency, name: &str| {
        let mut rules = rules.iter().filter(|rule| rule.frequency == frequency);
        rules.any(|rule| rule.filters.iter().any(|filter| is_matched_by_definition(filter, name)))
    };
    let of = |name: &str| {
        [Frequency::Continuous, Frequency::OnPush].into_iter().find(|frequency| is_matched(*frequency, name))
    };
    platform.repositories.iter().map(|one| (one.name.clone(), of(&one.name))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// From the spec to what AWS does with it.
    #[test]
    fn each_repository_is_scanned_as_the_spec_says(
        wishes in proptest::collection::btree_map("[a-d]{2}(/[a-d]{2})?", (any::<bool>(), any::<bool>()), 1..8),
        enhanced: bool,
    ) {
        let mut spec = String::from("repositories:\n");
        for (name, (push, continuous)) in &wishes {
            let continuous = *continuous && enhanced;
            spec += &format!("  {name}: {{ scan_on_push: {push}, scan_continuously: {continuous} }}\n");
        }
        spec += &format!("registry: {{ scanner: {} }}\n", if enhanced { "enhanced" } else { "basic" });
        for (name, found) in effective(&spec) {
            let (push, continuous) = wishes[&name];
            let expected = match (continuous && enhanced, push) {
                (true, _) => Some(Frequency::Continuous),
                (false, true) => Some(Frequency::OnPush),
                (false, false) => None,
            };
            let is_reported = shop(&spec).codes().contains(&"scan-filter-too-wide");
            prop_assert!(found == expected || is_reported, "{} of {}", name, spec);
        }
    }
}
