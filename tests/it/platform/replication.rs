//! The filters of the replication configuration, compared with the rule of AWS: a filter matches the names that begin with it.

use std::collections::BTreeSet;

use ecrgen::platform::replication::{MOST_FILTERS, filters, rules};
use proptest::prelude::*;

use crate::harness::shop;

/// Whether ECR replicates a repository (ECR API reference, RepositoryFilter: `PREFIX_MATCH`; a rule without filters replicates
/// everything).
fn is_replicated(filters: &[&str], name: &str) -> bool {
    filters.is_empty() || filters.iter().any(|filter| name.get(..filter.len()) == Some(*filter))
}

proptest! {
    #[test]
    fn filters_match_exactly_what_is_wanted(names in prop::collection::btree_map("[ab]{1,2}([-/_.][abc]{1,2}){0,2}", any::<bool>(), 1..12)) {
        let all: BTreeSet<&str> = names.keys().map(String::as_str).collect();
        let wanted: BTreeSet<&str> = names.iter().filter(|(_, wanted)| **wanted).map(|(name, _)| name.as_str()).collect();
        prop_assume!(!wanted.is_empty());
        let filters = filters(&wanted, &all);
        for name in &all {
            // A name that begins with a wanted one is replicated with it, whatever the filters are.
            let expected = wanted.iter().any(|one| name.get(..one.len()) == Some(*one));
            prop_assert_eq!(is_replicated(&filters, name), expected, "{} {:?}", name, filters);
        }
        for (at, filter) in filters.iter().enumerate() {
            let others: Vec<&str> = filters.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, it)| *it).collect();
            prop_assert!(wanted.iter().any(|name| !is_replicated(&others, name) || others.is_empty()), "{} is needed", filter);
        }
    }

    /// With too many names for one rule, filters are shorter, and still match nothing else.
    #[test]
    fn many_names_share_filters(teams in prop::collection::btree_set("[a-z]{3,6}", 3..6), other in "[a-z]{3,6}") {
        let names: Vec<String> = teams.iter().flat_map(|team| (0..60).map(move |n| format!("acme/{team}/s{n:02}x"))).collect();
        let others: Vec<String> = ["", "/x", "-old"].map(|end| format!("acme/{other}.q{end}")).to_vec();
        let wanted: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let all: BTreeSet<&str> = wanted.iter().copied().chain(others.iter().map(String::as_str)).collect();
        let filters = filters(&wanted, &all);
        prop_assert!(filters.len() <= MOST_FILTERS, "{:?}", filters);
        for name in &all {
            prop_assert_eq!(is_replicated(&filters, name), wanted.contains(name), "{}", name);
        }
        for filter in &filters {
            prop_assert!(filter.len() >= "acme/".len(), "{} could match repositories of others", filter);
        }
    }
}

/// Registries with the same repositories share a rule, and no registry is in two rules.
#[test]
fn registries_with_the_same_repositories_share_a_rule() {
    let compiled = shop(
        "registry: {}\nrepository_defaults: { replicate_to: [us-east-1, us-west-2] }\n\
         repositories: { cart: {}, search: {}, docs: { replicate_to: [eu-west-1] }, logs: { replicate_to: none } }\n",
    );
    let found = rules(compiled.platform());
    let found: Vec<_> = found.iter().map(|rule| (rule.destinations.clone(), rule.filters.clone())).collect();
    assert_eq!(
        found,
        [
            (vec![("eu-west-1", None)], vec!["docs"]),
            (vec![("us-east-1", None), ("us-west-2", None)], vec!["cart", "search"]),
        ]
    );
}
