//! The permissions of a principal on a repository.

use std::collections::{BTreeMap, BTreeSet};

use crate::iam::{Action, Arn, Bindings, Verb};

use super::judge::{Conditions, PolicySet, Verdict};
use super::principal::Principal;

/// The ECR actions that a principal can perform, and the conditions that they depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permissions {
    actions: BTreeMap<&'static str, Conditions>,
    /// The verbs that the principal holds.
    verbs: BTreeSet<Verb>,
}

impl Permissions {
    /// The permissions that these policies give a principal on a repository or, without one, on the registry.
    pub(super) fn of(principal: &Principal, policies: &PolicySet, bindings: &Bindings, on: Option<&Arn>) -> Self {
        let ecr =
            Action::all().filter(|action| action.name.starts_with("ecr:") && action.is_scopable() == on.is_some());
        let actions = ecr.filter_map(|action| {
            let ruling = policies.ruling(bindings, principal, &principal.known, action, on);
            let conditions = match ruling.verdict {
                Verdict::Allowed => Conditions::default(),
                Verdict::Conditional => policies.conditions(bindings, principal, action, on),
                Verdict::Bounded | Verdict::Denied | Verdict::NotAllowed => return None,
            };
            Some((action.name, conditions))
        });
        let actions: BTreeMap<&str, Conditions> = actions.collect();
        let is_held = |verb: &Verb| principal.sufficient(*verb, |action| actions.contains_key(action.name)).is_some();
        let verbs = Verb::ALL.into_iter().filter(is_held).collect();
        Permissions { actions, verbs }
    }

    /// No permissions.
    pub(super) const fn none() -> Self {
        Permissions { actions: BTreeMap::new(), verbs: BTreeSet::new() }
    }

    /// Whether there are no permissions.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// The names of the actions.
    pub fn actions(&self) -> impl Iterator<Item = &'static str> {
        self.actions.keys().copied()
    }

    /// Whether an action is allowed, with or without conditions.
    pub fn has(&self, action: &Action) -> bool {
        self.actions.contains_key(action.name)
    }

    /// The verbs of which every action that a principal of this kind needs is allowed.
    pub fn verbs(&self) -> impl Iterator<Item = Verb> {
        self.verbs.iter().copied()
    }

    /// Whether a verb is allowed only under conditions.
    pub fn is_conditional(&self, verb: Verb) -> bool {
        verb.actions().any(|action| self.actions.get(action.name).is_some_and(|conditions| !conditions.is_empty()))
    }

    /// The actions that do not belong to any of the allowed verbs.
    pub fn besides(&self) -> Vec<&'static str> {
        let told: BTreeSet<&str> = self.verbs().flat_map(Verb::actions).map(|action| action.name).collect();
        self.actions().filter(|action| !told.contains(action)).collect()
    }

    /// Whether an action is allowed only under conditions.
    pub fn is_action_conditional(&self, action: &str) -> bool {
        self.actions.get(action).is_some_and(|conditions| !conditions.is_empty())
    }

    /// The conditions of which any one allows an action, each once.
    pub fn conditions(&self) -> BTreeSet<&str> {
        self.actions.values().flat_map(|conditions| &conditions.alternatives).map(String::as_str).collect()
    }

    /// The conditions under which an action is denied, each once.
    pub fn denials(&self) -> BTreeSet<&str> {
        self.actions.values().flat_map(|conditions| &conditions.denials).map(String::as_str).collect()
    }
}
