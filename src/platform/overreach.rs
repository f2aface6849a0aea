//! Finds repositories that would be replicated only because their names begin with that of another one, among all platforms
//! compiled together.

use super::registry::may_be_same_registry;
use super::replication::{self, Rule};
use super::repositories::replication::{Destination, Registry};
use super::{Platform, Repository};
use crate::diagnostic::{Diagnostic, codes};
use crate::prose::{NAMED, few};
use crate::source::Span;

/// An error per destination and repository of the spec that others would be replicated with.
pub fn check<'p>(platforms: impl Iterator<Item = &'p Platform> + Clone) -> Vec<Diagnostic> {
    let owners = platforms.clone().filter(|platform| platform.registry.is_some());
    let mut findings = Vec::new();
    for owner in owners {
        let here = platforms.clone().filter(|other| may_be_same_registry(owner, other));
        for Rule { destinations, filters } in replication::rules(owner) {
            for filter in filters {
                findings.extend(overreach(owner, destinations[0], filter, here.clone()));
            }
        }
    }
    findings
}

/// The error of a filter that matches repositories which are not to be replicated to the registry.
fn overreach<'p>(
    owner: &'p Platform,
    registry: Registry,
    filter: &str,
    here: impl Iterator<Item = &'p Platform>,
) -> Option<Diagnostic> {
    let caught = here.flat_map(|platform| platform.repositories.iter().map(move |one| (platform, one)));
    let caught: Vec<(&Platform, &Repository)> = caught
        .filter(|(platform, one)| {
            one.name.starts_with(filter) && (!std::ptr::eq(*platform, owner) || wished(one, registry).is_none())
        })
        .collect();
    let (_, first) = caught.first()?;
    let of_filter = owner.repositories.iter().filter(|one| one.name.starts_with(filter));
    let (repository, destination) = of_filter.filter_map(|one| Some((one, wished(one, registry)?))).next()?;
    let names = few(caught.iter().map(|(_, one)| one.name.as_str()), NAMED);
    let message = format!(
        "replicating `{}` to {} also replicates {names}: ECR selects repositories by the beginning of their names",
        repository.name,
        destination.in_words()
    );
    let place: Span = destination.span;
    let fault =
        Diagnostic::new(&codes::REPLICATED_BY_PREFIX, place, message).and(first.span, "its name begins the same");
    let help = format!(
        "write the same `replicate_to` for `{}`, or give `{}` a name that no other name begins with, for example \
         `name: {}/main`; AWS replaces a repository whose name changes",
        first.key, repository.key, repository.name
    );
    Some(fault.help(help).at(format!("repositories.{}.replicate_to", repository.key)))
}

/// What a repository says about its replication to a registry.
fn wished<'r>(repository: &'r Repository, registry: Registry) -> Option<&'r Destination> {
    repository.replicate_to.iter().find(|destination| destination.registry() == registry)
}
