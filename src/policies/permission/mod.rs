//! The permission policy of an access entry.
//!
//! ECR has two kinds of actions (Service Authorization Reference, "Actions, resources, and condition keys for Amazon
//! ECR"): actions that can be granted on a repository, and actions that must be granted on `*`. A statement with both
//! kinds grants only one of them, so each kind has its own statement.

mod first_import;

use super::arns;
use crate::iam::{AccessLevel, Action, Document, Statement, Text, Verb};
use crate::platform::access::Access;
use crate::platform::{Platform, ROOT};
use crate::principals::{ArnReference, Can, sid};
use crate::source::Span;

pub(super) use first_import::first_imports;

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

/// Whether an entry needs an action, by its name such as `ecr:PutImage`.
pub fn needs(access: &Access, name: &str) -> bool {
    access.can.iter().flat_map(|can| access.actions_of(&can.value)).any(|action| action.name == name)
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
pub fn policy(platform: &Platform, access: &Access) -> Document {
    let arns = keys(access).map(|key| ArnReference::Repository(key.to_owned()).arn());
    let mut document = granting(actions(access), arns.chain(outside(access)).collect());
    document.statements.extend(of_replicas(platform, access));
    let imports = first_imports(platform, access).into_iter();
    document
        .statements
        .extend(imports.map(|one| Statement::allow(one.actions).sid(sid(one.name)).on(one.repositories)));
    document
}

/// The statement for the replicas of the repositories in other regions of the account. They have the same images, so the
/// entry can do with them what it can do with the repositories, unless that changes them.
fn of_replicas(platform: &Platform, access: &Access) -> Option<Statement> {
    let repositories = access.repositories.iter().filter_map(|key| platform.repository(key));
    let replicas: Vec<Text> = repositories.flat_map(arns::replicas).collect();
    let named = access.can.iter().filter(|can| is_of_replicas(&can.value));
    let mut actions: Vec<&Action> = Vec::new();
    for action in named.flat_map(|can| access.actions_of(&can.value)).filter(|action| action.is_scopable()) {
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    let any = !replicas.is_empty() && !actions.is_empty();
    any.then(|| Statement::allow(actions).sid(sid("Replicas")).on(replicas))
}

/// Whether an entry can do this with replicas too. ECR writes them, so an entry cannot push to them.
fn is_of_replicas(can: &Can) -> bool {
    match can {
        Can::Verb(verb) => matches!(verb, Verb::Pull | Verb::Read),
        Can::Action(action) => Action::find(action.as_str())
            .is_some_and(|known| matches!(known.access, AccessLevel::List | AccessLevel::Read)),
    }
}

/// The keys whose ARNs cover all repositories of the entry: what ECR creates without a prefix can have any name.
fn keys(access: &Access) -> impl Iterator<Item = &str> {
    let whole = access.repositories.contains(ROOT);
    access.repositories.iter().map(String::as_str).filter(move |key| !whole || *key == ROOT)
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
