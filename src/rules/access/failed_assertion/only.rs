//! Principals that can do what only others should be able to do.
//!
//! The answer comes from the policies of the output, see [`permissions`](crate::permissions). Every principal counts unless
//! `only` names it: roles that ecrgen creates, existing roles, other accounts, and the workspace's own `plan` and
//! `apply`. A principal counts if it has every action of one of the ways to the [outcome](crate::iam::Outcome). That a role with permission to write policies could grant itself more does not count; `ecrgen access`
//! shows which roles can.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::{Finding, RULE};
use crate::iam::Action;
use crate::permissions::{EffectivePermissions, Permissions};
use crate::platform::claims::assertion::Assertion;
use crate::principals::Asserted;
use crate::prose::{NAMED, few, listed};
use crate::source::Spanned;

/// How many repositories a message lists.
pub(super) const SHOWN: usize = 5;

/// How many principals an assertion has findings about.
const REPORTED: usize = 20;

/// The permissions of a platform, with what each assertion would look up again.
pub(super) struct Checked<'r> {
    permissions: &'r EffectivePermissions<'r>,
    /// The groups of the repositories, by their keys.
    groups: HashMap<&'r str, usize>,
    /// What each principal can do that is not about a repository.
    registry: Vec<OnceCell<Permissions>>,
}

impl<'r> Checked<'r> {
    pub(super) fn of(permissions: &'r EffectivePermissions<'r>) -> Checked<'r> {
        let groups = permissions.groups.iter().enumerate();
        let groups = groups.flat_map(|(at, group)| group.repositories.iter().map(move |one| (one.key.as_str(), at)));
        let registry = permissions.principals.iter().map(|_| OnceCell::new()).collect();
        Checked { permissions, groups: groups.collect(), registry }
    }

    /// Whether a principal has every action of a way, on the repositories of a group if they are about repositories.
    fn has_way(&self, at: usize, granted: &Permissions, way: &[&'static Action]) -> bool {
        way.iter().all(|action| match action.is_scopable() {
            true => granted.has(action),
            false => self.registry[at].get_or_init(|| self.permissions.on_the_registry(at)).has(action),
        })
    }
}

/// Reports what principals that `only` does not name can do, and on which repositories.
pub(super) fn broken(
    checked: &Checked,
    assertion: &Assertion,
    can: &Spanned<Asserted>,
    only: &BTreeSet<String>,
) -> Vec<Finding> {
    let permissions = checked.permissions;
    let asserted: BTreeSet<usize> =
        assertion.repositories.iter().filter_map(|key| checked.groups.get(key.as_str()).copied()).collect();
    let is_other = |at: &usize| !permissions.principals[*at].names_in_the_spec().any(|name| only.contains(name));
    // A principal without a permission on a repository can only have what is not about one.
    let is_about_repositories = can.value.ways().iter().all(|way| way.iter().any(|action| action.is_scopable()));
    let others: BTreeSet<usize> = match is_about_repositories {
        true => asserted.iter().flat_map(|at| permissions.groups[*at].principals()).filter(is_other).collect(),
        false => (0..permissions.principals.len()).filter(is_other).collect(),
    };
    let mut broken = others.into_iter().filter_map(|at| held_by(checked, at, &asserted, assertion, can));
    let mut found: Vec<Finding> = broken.by_ref().take(REPORTED).collect();
    let more = broken.count();
    if more > 0 {
        let message = format!("\"{}\" does not hold for {more} more principals", assertion.sentence);
        found.push(RULE.finding(can.span, message).at(format!("assert.{}", assertion.sentence)));
    }
    found
}

/// Reports a principal that has what it must not have.
fn held_by(
    checked: &Checked,
    at: usize,
    asserted: &BTreeSet<usize>,
    assertion: &Assertion,
    can: &Spanned<Asserted>,
) -> Option<Finding> {
    let permissions = checked.permissions;
    let principal = &permissions.principals[at];
    let ways = can.value.ways();
    let held_in = |granted: &Permissions| {
        let held = |way: &&Vec<&'static Action>| checked.has_way(at, granted, way);
        ways.iter().filter(held).cloned().collect::<Vec<_>>()
    };
    let groups = asserted.iter().map(|group| &permissions.groups[*group]);
    let groups = groups.map(|group| (group, held_in(group.granted(at)))).filter(|(_, held)| !held.is_empty());
    let broken: Vec<_> = groups
        .flat_map(|(group, held)| group.repositories.iter().map(move |one| (*one, group.granted(at), held.clone())))
        .filter(|(repository, ..)| assertion.repositories.contains(&repository.key))
        .collect();
    let (first, granted, held) = broken.first()?;
    let place = few(broken.iter().map(|(repository, ..)| repository.key.as_str()), SHOWN);
    let message = format!("{} {}", principal.name, said(&can.value, granted, held, &place));
    let found = RULE.finding(can.span, format!("\"{}\" does not hold: {message}", assertion.sentence));
    let decisive: BTreeSet<&'static Action> = held.iter().filter_map(|way| way.last().copied()).collect();
    let mut found = found;
    let mut told = BTreeSet::new();
    for action in decisive {
        let Some(by) = permissions.ruling(at, action, first).by else { continue };
        if told.insert(by) {
            let emitted = &permissions.documents[by.document];
            let (statement, title) = (emitted.statement_name(by.statement), emitted.title_for(&first.name));
            let because = format!("granted by statement {statement} of the {title}");
            found = found.and(emitted.place(by.statement, action), because);
        }
    }
    let alternative = principal.names_in_the_spec().next().map(|name| format!(", or add `{name}` to `only`"));
    let help = format!("remove the permission there{}", alternative.unwrap_or_default());
    Some(found.help(help).at(format!("assert.{}", assertion.sentence)))
}

/// What a principal can do, in words: what the assertion is about, if the principal has a whole verb, or the actions that are
/// enough for it.
fn said(can: &Asserted, granted: &Permissions, held: &[Vec<&'static Action>], place: &str) -> String {
    let outcome = match can {
        Asserted::Action(name) => return format!("has {} on {place}", name.as_str()),
        Asserted::Outcome(outcome) => outcome,
    };
    if granted.verbs().any(|verb| verb.name() == outcome.name) {
        return format!("can {} on {place}", outcome.name);
    }
    let names = |way: &Vec<&'static Action>| way.iter().map(|action| action.name.to_owned()).collect::<Vec<_>>();
    let (actions, which) = match held {
        [way] => (names(way), "which is enough"),
        ways => (ways.iter().map(|way| names(way).join(" with ")).collect(), "each of which is enough"),
    };
    format!("has {} on {place}, {which} to {}", listed(actions.into_iter(), NAMED), outcome.what)
}
