//! Wishes about scanning that the registry-wide settings of the spec do not support.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::registry::Scanner;
use crate::platform::registry::Decides;
use crate::platform::{Registry, Repository};
use crate::source::Span;
use crate::value::OrVariable;

/// The errors. `registry` is that of the environment, which has no errors itself; another one can decide instead. `may_decide` is
/// that of an environment that may be in the same account.
pub fn check(
    registry: Option<&Registry>,
    decides: Option<Decides>,
    may_decide: Option<Span>,
    repositories: &[&Repository],
) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = continuous_without_inspector(decides, may_decide, repositories);
    faults.extend(decides.map(|_| by_variable(repositories)).into_iter().flatten());
    faults.extend(registry.and_then(inspector_without_enhanced));
    faults
}

/// Continuous scans without enhanced scanning, each place once: a default applies to many repositories.
fn continuous_without_inspector(
    decides: Option<Decides>,
    may_decide: Option<Span>,
    repositories: &[&Repository],
) -> Vec<Diagnostic> {
    if decides.is_some_and(|decides| decides.scanner == Scanner::Enhanced) {
        return Vec::new();
    }
    let (what, help) = match decides {
        Some(_) => (
            "the registry has basic scanning, which scans an image only once",
            "write `scanner: enhanced` under `registry`",
        ),
        None if may_decide.is_some() => (
            "`registry` of another environment only decides for this one if both have the same `account`",
            "write `account` in both environments",
        ),
        None => (
            "this spec does not define the scanning of the registry",
            "add `registry: { scanner: enhanced }` if this spec is to define the registry-wide settings of the account and region",
        ),
    };
    let wishes = repositories.iter().filter_map(|one| Some((one.scan_continuously?, *one)));
    let fault = |(span, repository): (Span, &Repository)| {
        let message = format!("`scan_continuously` has no effect: {what}");
        let fault = Diagnostic::new(&codes::CONTINUOUS_SCAN_UNAVAILABLE, span, message).help(help);
        let places = decides.map(|decides| decides.span).or(may_decide);
        let fault = places.into_iter().fold(fault, |fault, place| fault.and(place, "the registry"));
        fault.at(repository.path())
    };
    once_per_place(wishes).map(fault).collect()
}

/// Values of `scan_on_push` that are not known when the filters of the registry are computed.
fn by_variable(repositories: &[&Repository]) -> Vec<Diagnostic> {
    let unknown = repositories.iter().filter_map(|one| match &one.scan_on_push {
        OrVariable::Literal(_) => None,
        OrVariable::Variable(variable) => Some((variable.name.span, *one)),
        OrVariable::Reference(reference) => Some((reference.span, *one)),
    });
    let fault = |(span, repository): (Span, &Repository)| {
        let message = "with `registry`, the filters of the registry decide what is scanned, and ecrgen computes them from known values";
        Diagnostic::new(&codes::SCAN_BY_VARIABLE, span, message)
            .help("write `scan_on_push: true` or `false`; environments can have different values")
            .at(repository.path())
    };
    once_per_place(unknown).map(fault).collect()
}

fn inspector_without_enhanced(registry: &Registry) -> Option<Diagnostic> {
    let span = registry.enable_inspector.filter(|_| registry.scanning.scanner == Scanner::Basic)?;
    let message = "`enable_inspector` needs enhanced scanning, but the registry has basic scanning";
    let fault = Diagnostic::new(&codes::INSPECTOR_WITHOUT_ENHANCED, span, message);
    Some(fault.help("write `scanner: enhanced`, or delete `enable_inspector`").at("registry.enable_inspector"))
}

fn once_per_place<'r>(
    wishes: impl Iterator<Item = (Span, &'r Repository)>,
) -> impl Iterator<Item = (Span, &'r Repository)> {
    let mut places = BTreeSet::new();
    wishes.filter(move |(span, _)| places.insert(*span))
}
