//! An answer, and the statements it rests on.

use std::collections::BTreeMap;

use crate::iam::{Action, StatementIndex};
use crate::platform::Repository;
use crate::source::Span;

use super::judge::Verdict;
use super::operation::Operation;
use super::{EffectivePermissions, Principal, condition};

/// The answer to whether somebody can do something on a repository.
#[derive(Debug)]
pub struct Answer<'r, 'p> {
    /// The permissions it follows from.
    pub permissions: &'r EffectivePermissions<'p>,
    /// Who.
    pub principal: &'r Principal<'p>,
    /// What.
    pub operation: Operation,
    /// Where.
    pub repository: &'p Repository,
    /// The statements that decide, and the actions that each decides.
    pub grounds: Vec<MatchedStatement>,
    /// The actions of which no statement speaks.
    pub missing: Vec<&'static str>,
    /// The documents that were asked, as indexes.
    pub asked: Vec<usize>,
}

/// A statement that decides.
#[derive(Debug)]
pub struct MatchedStatement {
    /// The statement, and its document as an index.
    pub by: StatementIndex,
    /// What it decides.
    pub verdict: Verdict,
    /// The actions it decides that for.
    pub actions: Vec<&'static str>,
    /// Where the spec asks for the first of them.
    pub place: Span,
}

impl<'r, 'p> Answer<'r, 'p> {
    pub(super) fn of(
        permissions: &'r EffectivePermissions<'p>,
        principal: usize,
        operation: Operation,
        repository: &'p Repository,
    ) -> Self {
        let mut grounds: BTreeMap<StatementIndex, (Verdict, Vec<&'static Action>)> = BTreeMap::new();
        let mut missing = Vec::new();
        for action in operation.actions() {
            let ruling = permissions.ruling(principal, action, repository);
            match ruling.by {
                Some(by) => grounds.entry(by).or_insert((ruling.verdict, Vec::new())).1.push(action),
                None => missing.push(action.name),
            }
        }
        let ground = |(by, (verdict, actions)): (StatementIndex, (Verdict, Vec<&'static Action>))| MatchedStatement {
            by,
            verdict,
            place: permissions.documents[by.document].place(by.statement, actions[0]),
            actions: actions.into_iter().map(|action| action.name).collect(),
        };
        Answer {
            permissions,
            principal: &permissions.principals[principal],
            operation,
            repository,
            grounds: grounds.into_iter().map(ground).collect(),
            missing,
            asked: permissions.speaking_to(principal, repository),
        }
    }

    /// Whether the answer is yes.
    pub fn is_yes(&self) -> bool {
        self.missing.is_empty() && self.grounds.iter().all(|ground| ground.verdict.is_yes())
    }

    /// What must hold for a statement to decide, in a few words each; all of it.
    pub fn conditions(&self, ground: &MatchedStatement) -> Vec<String> {
        let statement = &self.permissions.documents[ground.by.document].document.statements[ground.by.statement];
        condition::sentences(statement, self.permissions.bindings)
    }
}
