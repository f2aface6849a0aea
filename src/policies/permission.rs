//! The permission policy of an access entry.
//!
//! ECR's actions are of two kinds (Service Authorization Reference, "Actions, resources, and condition
//! keys for Amazon ECR"): those granted on a repository, and those that only `*` grants. One statement
//! holding both grants half of what it says, so each kind has a statement of its own.

use crate::iam::{Action, Document, Statement, Text};
use crate::platform::access::Access;
use crate::principals::{ArnReference, sid};
use crate::source::Span;

/// The actions an entry needs, each once, in the order in which the spec first asks for them.
pub fn actions(access: &Access) -> Vec<&'static Action> {
    let mut actions: Vec<&'static Action> = Vec::new();
    for action in access.can.iter().flat_map(|can| access.actions_of(&can.value)) {
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    actions
}

/// Where an entry first asks for an action.
pub fn asked_at(access: &Access, action: &Action) -> Option<Span> {
    let asks = access.can.iter().find(|can| access.actions_of(&can.value).contains(&action));
    asks.map(|can| can.span)
}

/// The policy.
pub fn policy(access: &Access) -> Document {
    let arns = access.repositories.iter().map(|key| ArnReference::Repository(key.clone()).arn());
    granting(actions(access), arns.collect())
}

/// A policy that grants actions, on these repositories where they can be granted on some.
pub fn granting(actions: impl IntoIterator<Item = &'static Action>, repositories: Vec<Text>) -> Document {
    let (scopable, global): (Vec<&Action>, Vec<&Action>) = actions.into_iter().partition(|action| action.is_scopable());
    let mut statements = Vec::new();
    if !scopable.is_empty() && !repositories.is_empty() {
        statements.push(Statement::allow(scopable).sid(sid("Repositories")).on(repositories));
    }
    if !global.is_empty() {
        statements.push(Statement::allow(global).sid(sid("Registry")).on([Text::from("*")]));
    }
    Document::new(statements)
}
