//! Finds repositories that the scanning configuration of another platform leaves out, among all platforms compiled together.

use super::registry::scan_filter::matches;
use super::registry::{is_same_registry, may_be_same_registry};
use super::repositories::replication::Destination;
use super::{Platform, Repository};
use crate::diagnostic::{Diagnostic, codes};
use crate::prose::{NAMED, few};
use crate::value::OrVariable;

/// A note per platform whose repositories ask for a scan that the registry does not make.
pub fn check<'p>(platforms: impl Iterator<Item = &'p Platform> + Clone) -> Vec<Diagnostic> {
    let owners = platforms.clone().filter(|platform| platform.registry.is_some());
    let others = platforms.clone().filter(|platform| platform.registry.is_none());
    let of_owner = |owner: &'p Platform| {
        let repositories = others.clone().filter_map(move |other| unscanned(owner, other));
        repositories.chain(platforms.clone().filter_map(move |other| unscanned_replicas(owner, other)))
    };
    owners.flat_map(of_owner).collect()
}

fn is_matched(owner: &Platform, name: &str) -> bool {
    let rules = owner.registry.iter().flat_map(|registry| &registry.scanning.rules);
    rules.flat_map(|rule| &rule.filters).any(|filter| matches(filter, name))
}

fn asks(repository: &Repository) -> bool {
    !matches!(repository.scan_on_push, OrVariable::Literal(false))
}

/// The note about replicas of `other` in the registry of `owner` that none of its filters matches.
fn unscanned_replicas(owner: &Platform, other: &Platform) -> Option<Diagnostic> {
    let (account, theirs) = (owner.scope.account.as_deref()?, other.scope.account.as_deref()?);
    let registry = owner.registry.as_ref()?;
    let is_here = |destination: &Destination| {
        let account_of = destination.account.as_ref().map_or(theirs, |account| account.as_str());
        destination.managed.is_some() && destination.region.as_str() == owner.region && account_of == account
    };
    let mut replicas = other.repositories.iter().filter(|one| asks(one) && !is_matched(owner, &one.name));
    let (first, place) =
        replicas.find_map(|one| Some((one, one.replicate_to.iter().find(|destination| is_here(destination))?)))?;
    let (region, owners) = (&owner.region, &owner.scope.environment);
    let message = format!(
        "no image of the replica `{}` in {region} is scanned: `registry` of environment `{owners}` decides what that registry scans, and its filters do not match",
        first.name
    );
    let note =
        Diagnostic::new(&codes::SCANNED_ELSEWHERE, place.span, message).and(registry.span, "decides what is scanned");
    Some(note.help("a replica has the same images, so their scan in the home region can be enough").at(first.path()))
}

/// The note about the repositories of `other` that no filter of `owner` matches. The filters match those of other environments of
/// the same spec.
fn unscanned(owner: &Platform, other: &Platform) -> Option<Diagnostic> {
    let is_sibling = owner.scope.platform == other.scope.platform;
    let is_judged = is_same_registry(owner, other) || is_sibling && may_be_same_registry(owner, other);
    if !is_judged {
        return None;
    }
    let registry = owner.registry.as_ref()?;
    let left_out: Vec<&Repository> =
        other.repositories.iter().filter(|one| asks(one) && !is_matched(owner, &one.name)).collect();
    let first = left_out.first()?;
    if is_sibling {
        let environment = &owner.scope.environment;
        let message = format!(
            "if `{}` and `{environment}` are in one account, no image of {} is scanned on push: `registry` of `{environment}` decides what the registry scans",
            other.scope.environment,
            few(left_out.iter().map(|one| one.name.as_str()), NAMED)
        );
        let note = Diagnostic::new(&codes::SCANNED_ELSEWHERE, first.span, message);
        let note = note.and(registry.span, "decides what is scanned").help(
            "write `account` in both environments: `registry` then covers the repositories of both if the accounts are equal",
        );
        return Some(note.at(first.path()));
    }
    let owners = format!("platform `{}`", owner.scope.platform);
    let message = format!(
        "no image of {} is scanned on push: `registry` of {owners} decides what the registry scans, and its filters do not match",
        few(left_out.iter().map(|one| one.name.as_str()), NAMED)
    );
    let help = format!(
        "move these repositories to {owners}, or write `scan_on_push: false` for them to say that they are not scanned"
    );
    let note =
        Diagnostic::new(&codes::SCANNED_ELSEWHERE, first.span, message).and(registry.span, "decides what is scanned");
    Some(note.help(help).at(first.path()))
}
