//! Finds repositories that the scanning configuration of another platform leaves out, among all platforms compiled together.

use super::registry::scan_filter::matches;
use super::registry::{is_same_registry, may_be_same_registry};
use super::{Platform, Repository};
use crate::diagnostic::{Diagnostic, codes};
use crate::prose::{NAMED, few};
use crate::value::OrVariable;

/// A note per platform whose repositories ask for a scan that the registry does not make.
pub fn check<'p>(platforms: impl Iterator<Item = &'p Platform> + Clone) -> Vec<Diagnostic> {
    let owners = platforms.clone().filter(|platform| platform.registry.is_some());
    let others = platforms.filter(|platform| platform.registry.is_none());
    let of_owner = |owner: &'p Platform| others.clone().filter_map(move |other| unscanned(owner, other));
    owners.flat_map(of_owner).collect()
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
    let is_matched =
        |name: &str| registry.scanning.rules.iter().flat_map(|rule| &rule.filters).any(|filter| matches(filter, name));
    let asks = |one: &&Repository| !matches!(one.scan_on_push, OrVariable::Literal(false));
    let left_out: Vec<&Repository> =
        other.repositories.iter().filter(asks).filter(|one| !is_matched(&one.name)).collect();
    let first = left_out.first()?;
    if is_sibling {
        let environment = &owner.scope.environment;
        let message = format!(
            "if this environment and `{environment}` are in one account, no image of {} is scanned on push: `registry` of `{environment}` decides what the registry scans",
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
