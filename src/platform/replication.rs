//! The replication configuration of the registry, computed from what all repositories ask for.
//!
//! AWS has one configuration per account and region. A rule replicates the repositories whose names begin with one of its
//! filters, and a rule without filters replicates all (ECR user guide, "Private image replication").

use std::collections::{BTreeMap, BTreeSet};

use super::naming::common_prefix;
use super::repositories::replication::Registry;
use super::{Platform, Repository};

/// The maximum number of rules. The API allows 25 since August 2026, but the AWS provider up to 6.62.0 allows 10.
pub const MOST_RULES: usize = 10;

/// The maximum number of destinations of all rules together (ECR user guide, "Private registry settings").
pub const MOST_DESTINATIONS: usize = 25;

/// The maximum number of filters of a rule (ECR API reference, ReplicationRule).
pub const MOST_FILTERS: usize = 100;

/// The minimum length of a filter (ECR API reference, RepositoryFilter).
const LEAST: usize = 2;

/// What separates the parts of a repository's name.
const SEPARATORS: [char; 4] = ['/', '-', '_', '.'];

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<'p> {
    /// The registries that it replicates to, sorted.
    pub destinations: Vec<Registry<'p>>,
    /// Prefixes of the names of the repositories, sorted.
    pub filters: Vec<&'p str>,
}

/// The repositories that the configuration is about: those of the environments in the registry, if this one has `registry`.
pub fn repositories(platform: &Platform) -> impl Iterator<Item = &Repository> {
    let owner = platform.registry.iter();
    owner.flat_map(|registry| platform.repositories.iter().chain(&registry.neighbors))
}

/// The rules. Registries with the same repositories share one, so each registry is in one rule.
pub fn rules(platform: &Platform) -> Vec<Rule<'_>> {
    let mut by_filters: BTreeMap<Vec<&str>, Vec<Registry>> = BTreeMap::new();
    let all: BTreeSet<&str> = repositories(platform).map(|repository| repository.name.as_str()).collect();
    for (registry, wanted) in wishes(platform) {
        by_filters.entry(filters(&wanted, &all)).or_default().push(registry);
    }
    let rules = by_filters.into_iter().map(|(filters, destinations)| Rule { destinations, filters });
    let mut rules: Vec<Rule> = rules.collect();
    rules.sort_by(|one, other| one.destinations.cmp(&other.destinations));
    rules
}

/// The names of the repositories that are replicated to each registry.
fn wishes(platform: &Platform) -> BTreeMap<Registry<'_>, BTreeSet<&str>> {
    let mut wishes: BTreeMap<Registry, BTreeSet<&str>> = BTreeMap::new();
    for repository in repositories(platform) {
        for destination in &repository.replicate_to {
            wishes.entry(destination.registry()).or_default().insert(&repository.name);
        }
    }
    wishes
}

/// The environment of the spec that defines a registry of another account.
pub fn owner<'p>(platform: &'p Platform, account: &str, region: &str) -> Option<&'p str> {
    platform.registry.as_ref()?.defined.get(&(account.to_owned(), region.to_owned())).map(String::as_str)
}

/// The regions of this account that the root module creates replicas in.
pub fn managed_regions(platform: &Platform) -> BTreeSet<&str> {
    platform.repositories.iter().flat_map(|repository| repository.replicas()).map(|(region, _)| region).collect()
}

/// Prefixes that all wanted names begin with, and no other name of `all`: the whole names, or if there are too many for one
/// rule, what comes before a separator in them. A name that begins with another wanted name needs no filter.
pub fn filters<'n>(wanted: &BTreeSet<&'n str>, all: &BTreeSet<&'n str>) -> Vec<&'n str> {
    let whole = without_covered(wanted.iter().copied());
    if whole.len() <= MOST_FILTERS {
        return whole;
    }
    let others: Vec<&str> = all.difference(wanted).copied().collect();
    // Shorter prefixes would replicate repositories that are not of this platform.
    let common = all.iter().copied().reduce(|one, other| common_prefix(one, other)).unwrap_or_default();
    let least = common.rfind(SEPARATORS).map_or(0, |at| at + 1).max(LEAST);
    let is_free = |prefix: &str| prefix.len() >= least && !others.iter().any(|name| name.starts_with(prefix));
    let shortest = |name: &'n str| {
        let mut ends = name.match_indices(SEPARATORS).map(|(at, separator)| at + separator.len());
        ends.find(|end| is_free(&name[..*end])).map_or(name, |end| &name[..end])
    };
    without_covered(whole.into_iter().map(shortest).collect::<BTreeSet<&str>>().into_iter())
}

/// Sorted names without those that begin with an earlier one.
fn without_covered<'n>(sorted: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut kept: Vec<&str> = Vec::new();
    for name in sorted {
        if !kept.last().is_some_and(|last| name.starts_with(last)) {
            kept.push(name);
        }
    }
    kept
}
