//! What somebody can do on a repository.

use std::collections::{BTreeMap, BTreeSet};

use crate::iam::{Action, Arn, Bindings, Verb};

use super::judge::{PolicySet, Verdict, alternatives};
use super::principal::Principal;

/// ECR's actions that somebody can do; those that depend on conditions with these, any of which is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permissions {
    actions: BTreeMap<&'static str, Vec<String>>,
}

impl Permissions {
    /// What these policies give a principal on a repository, or, without one, on the registry as a whole.
    pub(super) fn of(principal: &Principal, papers: &PolicySet, bindings: &Bindings, on: Option<&Arn>) -> Self {
        let ecr =
            Action::all().filter(|action| action.name.starts_with("ecr:") && action.is_scopable() == on.is_some());
        let actions = ecr.filter_map(|action| {
            let ruling = papers.ruling(bindings, principal, action, on);
            let conditions = match ruling.verdict {
                Verdict::Allowed => Vec::new(),
                Verdict::Conditional => alternatives(&papers.policies, bindings, principal, action, on),
                Verdict::Bounded | Verdict::Denied | Verdict::NotAllowed => return None,
            };
            Some((action.name, conditions))
        });
        Permissions { actions: actions.collect() }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// The actions, by name.
    pub fn actions(&self) -> impl Iterator<Item = &'static str> {
        self.actions.keys().copied()
    }

    /// Whether an action is among them, be it under conditions.
    pub fn has(&self, action: &Action) -> bool {
        self.actions.contains_key(action.name)
    }

    /// The verbs: those whose every action is there.
    pub fn verbs(&self) -> impl Iterator<Item = Verb> {
        Verb::ALL.into_iter().filter(|verb| verb.actions().all(|action| self.has(action)))
    }

    /// Whether a verb is held under conditions only.
    pub fn is_conditional(&self, verb: Verb) -> bool {
        verb.actions().any(|action| self.actions.get(action.name).is_some_and(|conditions| !conditions.is_empty()))
    }

    /// The actions that belong to none of the verbs held.
    pub fn besides(&self) -> Vec<&'static str> {
        let told: BTreeSet<&str> = self.verbs().flat_map(Verb::actions).map(|action| action.name).collect();
        self.actions().filter(|action| !told.contains(action)).collect()
    }

    /// Whether an action is held under conditions only.
    pub fn is_action_conditional(&self, action: &str) -> bool {
        self.actions.get(action).is_some_and(|conditions| !conditions.is_empty())
    }

    /// The conditions, each once.
    pub fn conditions(&self) -> BTreeSet<&str> {
        self.actions.values().flatten().map(String::as_str).collect()
    }
}
