//! Rules about replication to other registries.

mod replica_key_elsewhere;
mod replica_without_network;
mod replication_destination;
mod replication_limits;
mod replication_not_accepted;
mod replication_without_registry;

use std::collections::BTreeMap;

use super::Rule;
use crate::platform::Repository;
use crate::platform::repositories::replication::Destination;
use crate::source::Span;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &replica_key_elsewhere::RULE,
    &replica_without_network::RULE,
    &replication_destination::RULE,
    &replication_limits::RULE,
    &replication_not_accepted::RULE,
    &replication_without_registry::RULE,
];

/// The destinations of these repositories, each with the first repository that has it: one of `repository_defaults` is reported
/// once.
fn destinations<'p>(
    repositories: impl IntoIterator<Item = &'p Repository>,
) -> impl DoubleEndedIterator<Item = (&'p Repository, &'p Destination)> {
    let mut written: BTreeMap<Span, (&Repository, &Destination)> = BTreeMap::new();
    for repository in repositories {
        for destination in &repository.replicate_to {
            written.entry(destination.span).or_insert((repository, destination));
        }
    }
    written.into_values()
}

/// The path of the setting of a repository.
fn path(repository: &Repository) -> String {
    format!("repositories.{}.replicate_to", repository.key)
}
