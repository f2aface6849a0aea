//! The permission policy of an access entry.
//!
//! ECR's actions are of two kinds (Service Authorization Reference, "Actions, resources, and condition
//! keys for Amazon ECR"): those granted on a repository, and those that only `*` grants. One statement
//! holding both grants half of what it says, so each kind has a statement of its own.

use crate::iam::{Action, Document, Sid, Statement, Text, Verb};
use crate::language::access::{Can, Verb as Word};
use crate::platform::access::Access;
use crate::policies::Thing;
use crate::source::{Span, Spanned};

/// The verb that a word of the spec names.
pub fn verb(word: Word) -> Verb {
    match word {
        Word::Pull => Verb::Pull,
        Word::Push => Verb::Push,
        Word::Read => Verb::Read,
        Word::Delete => Verb::Delete,
        Word::Create => Verb::Create,
    }
}

/// The actions an entry needs, each once, in the order in which the spec first asks for them.
pub fn actions(access: &Access) -> Vec<&'static Action> {
    let mut actions: Vec<&'static Action> = Vec::new();
    let mut add = |action: &'static Action| {
        if !actions.contains(&action) {
            actions.push(action);
        }
    };
    access.can.iter().for_each(|can| wished(&can.value).for_each(&mut add));
    actions
}

/// The actions of one word or name of an entry.
fn wished(can: &Can) -> impl Iterator<Item = &'static Action> {
    let (verb, named) = match can {
        Can::Verb(word) => (Some(verb(*word)), None),
        Can::Action(name) => (None, Action::find(name.as_str())),
    };
    let login = verb.filter(|verb| verb.logs_in()).map(|_| Action::named("ecr:GetAuthorizationToken"));
    verb.into_iter().flat_map(Verb::actions).chain(login).chain(named)
}

/// Where an entry first asks for an action.
pub fn wish(access: &Access, action: &Action) -> Option<Span> {
    let asks = |can: &&Spanned<Can>| wished(&can.value).any(|wished| wished == action);
    access.can.iter().find(asks).map(|can| can.span)
}

/// The policy.
pub fn policy(access: &Access) -> Document {
    let arns = access.repositories.iter().map(|key| Thing::Repository(key.clone()).arn());
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

/// A name of ours.
pub fn sid(name: &str) -> Sid {
    name.parse().expect("a Sid of this program is letters and digits")
}
