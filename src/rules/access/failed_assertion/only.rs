//! Principals that can do what only others should be able to do.
//!
//! The answer comes from the policies of the output, see [`permissions`](crate::permissions). Every principal counts unless
//! `only` names it: roles that ecrgen creates, existing roles, other accounts, and the workspace's own `plan` and
//! `apply`. A principal counts as having a verb if it has the core actions of the verb, because its own tools may not
//! need the rest. That a role with permission to write policies could grant itself more does not count; `ecrgen access`
//! shows which roles can.

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

/// How many repositories a message lists.
pub(super) const SHOWN: usize = 5;

/// Reports what principals that `only` does not name can do, and on which repositories.
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

/// Reports a principal that has what it must not have.
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
    let groups = permissions.groups.iter().filter(|group| !enough.is_empty() && has(group.granted(at)));
    let broken: Vec<(&Repository, &Permissions)> = groups
        .flat_map(|group| group.repositories.iter().map(|repository| (*repository, group.granted(at))))
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
        let because = format!("granted by statement {statement} of the {title}");
        found.and(emitted.place(by.statement, decisive), because)
    });
    let alternative = principal.names_in_the_spec().next().map(|name| format!(", or add `{name}` to `only`"));
    let help = format!("remove the permission there{}", alternative.unwrap_or_default());
    Some(found.help(help).at(format!("assert.{}", assertion.sentence)))
}
