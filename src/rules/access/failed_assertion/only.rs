//! Who can do what others alone should do.
//!
//! It is worked out from the policies of the output, see [`permissions`](crate::permissions). Everybody counts: roles made here and
//! roles that are there, other accounts, and the workspace's own `plan` and `apply`, unless `only` names them. A verb
//! counts for somebody who has enough of it to do it with tools of their own, though the rest is missing. That a role
//! which writes policies could give itself more does not count; `ecrgen access` says which roles do.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::{Finding, RULE};
use crate::iam::Action;
use crate::permissions::{EffectivePermissions, Permissions};
use crate::platform::Repository;
use crate::platform::claims::assertion::Assertion;
use crate::principals::Can;
use crate::prose::few;
use crate::source::Spanned;

/// How many repositories are named.
pub(super) const SHOWN: usize = 5;

/// What others than those named can do of it, and on which repositories.
pub(super) fn broken(
    permissions: &EffectivePermissions,
    assertion: &Assertion,
    can: &Spanned<Can>,
    only: &BTreeSet<String>,
) -> Vec<Finding> {
    let others = (0..permissions.principals.len())
        .filter(|at| !permissions.principals[*at].names_in_the_spec().any(|name| only.contains(name)));
    others.filter_map(|at| held_by(permissions, at, assertion, can)).collect()
}

/// What a principal has that it must not have, if it has.
fn held_by(
    permissions: &EffectivePermissions,
    at: usize,
    assertion: &Assertion,
    can: &Spanned<Can>,
) -> Option<Finding> {
    let principal = &permissions.principals[at];
    let enough: Vec<&'static Action> = match &can.value {
        Can::Verb(word) => word.core().collect(),
        Can::Action(name) => Action::find(name.as_str()).into_iter().collect(),
    };
    let registry = LazyCell::new(|| permissions.on_the_registry(at));
    let has = |granted: &Permissions| {
        enough.iter().all(|action| if action.is_scopable() { granted.has(action) } else { registry.has(action) })
    };
    let groups = permissions.groups.iter().filter(|group| !enough.is_empty() && has(&group.granted[at]));
    let broken: Vec<(&Repository, &Permissions)> = groups
        .flat_map(|group| group.repositories.iter().map(|repository| (*repository, &group.granted[at])))
        .filter(|(repository, _)| assertion.repositories.contains(&repository.key))
        .collect();
    let (first, granted) = *broken.first()?;
    let place = few(broken.iter().map(|(repository, _)| repository.key.as_str()), SHOWN);
    let message = match &can.value {
        Can::Verb(word) if !granted.verbs().any(|other| other == *word) => {
            let names: Vec<&str> = enough.iter().map(|action| action.name).collect();
            format!("{} has {} on {place}, which is enough to {}", principal.name, names.join(", "), word)
        }
        Can::Verb(word) => format!("{} can {} on {place}", principal.name, word.name()),
        Can::Action(name) => format!("{} has {} on {place}", principal.name, name.as_str()),
    };
    let found = RULE.finding(can.span, format!("\"{}\" does not hold: {message}", assertion.sentence));
    let decisive = enough[enough.len() - 1];
    let found = permissions.ruling(at, decisive, first).by.into_iter().fold(found, |found, by| {
        let emitted = &permissions.documents[by.document];
        let (statement, title) = (emitted.statement_name(by.statement), emitted.title());
        let because = format!("the statement {statement} of the {title} comes from here");
        found.and(emitted.place(by.statement, decisive), because)
    });
    let excuse = principal.names_in_the_spec().next().map(|name| format!(", or add `{name}` to `only`"));
    let help = format!("take it away there{}", excuse.unwrap_or_default());
    Some(found.help(help).at(format!("assert.{}", assertion.sentence)))
}
