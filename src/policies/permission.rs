//! The permission policy of an access entry.
//!
//! ECR has two kinds of actions (Service Authorization Reference, "Actions, resources, and condition keys for Amazon
//! ECR"): actions that can be granted on a repository, and actions that must be granted on `*`. A statement with both
//! kinds grants only one of them, so each kind has its own statement.

use crate::iam::{AccessLevel, Action, Document, Statement, Text};
use crate::platform::access::Access;
use crate::principals::{ArnReference, sid};
use crate::source::Span;

/// The actions that an entry needs, without duplicates, in the order in which the spec first requires them.
pub fn actions(access: &Access) -> Vec<&'static Action> {
    let mut actions: Vec<&'static Action> = Vec::new();
    for action in access.can.iter().flat_map(|can| access.actions_of(&can.value)) {
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    actions
}

/// The actions of an entry that change what is in the registry, or who can use it.
pub fn changes(access: &Access) -> impl Iterator<Item = &'static Action> {
    let writes = |level| matches!(level, AccessLevel::Write | AccessLevel::PermissionsManagement);
    actions(access).into_iter().filter(move |action| writes(action.access))
}

/// The place where an entry first requires an action.
pub fn required_at(access: &Access, action: &Action) -> Option<Span> {
    let first = access.can.iter().find(|can| access.actions_of(&can.value).contains(&action));
    first.map(|can| can.span)
}

/// The permission policy of an access entry.
pub fn policy(access: &Access) -> Document {
    let arns = access.repositories.iter().map(|key| ArnReference::Repository(key.clone()).arn());
    granting(actions(access), arns.chain(outside(access)).collect())
}

/// The repositories of an entry that are outside of the spec.
pub fn outside(access: &Access) -> impl Iterator<Item = Text> {
    access.outside.iter().map(|arn| Text::from(arn.as_str()))
}

/// A policy that grants the actions: on these repositories where possible, and otherwise on `*`.
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
