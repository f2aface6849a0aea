//! Finds repositories below the prefix of a pull through cache rule of another platform, among all platforms compiled together.

use super::pull_through_cache::{Cache, is_below, mixed};
use super::registry::is_same_registry;
use super::{Platform, Repository};
use crate::diagnostic::Diagnostic;

/// The errors of prefixes that repositories of another environment or spec in the same registry have.
pub fn check<'p>(platforms: impl Iterator<Item = &'p Platform> + Clone) -> Vec<Diagnostic> {
    let owners = platforms.clone().filter(|platform| !platform.caches().is_empty());
    let faults = owners.flat_map(|owner| {
        let others = platforms.clone().filter(|other| !std::ptr::eq(owner, *other) && is_same_registry(owner, other));
        let repositories: Vec<&Repository> = others.flat_map(|other| &other.repositories).collect();
        let fault = |cache: &Cache| {
            let taken = repositories.iter().find(|one| is_below(&one.name, &cache.prefix))?;
            Some(mixed(cache.span, &cache.prefix, taken).at(cache.path()))
        };
        owner.caches().iter().filter_map(fault).collect::<Vec<_>>()
    });
    faults.collect()
}
