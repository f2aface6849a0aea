//! An answer, and the statements that decide it.

use std::collections::BTreeMap;

use crate::iam::{Action, Arn, StatementIndex};
use crate::platform::Repository;
use crate::source::Span;

use super::judge::Verdict;
use super::operation::Operation;
use super::{EffectivePermissions, Principal, condition};

/// The answer to whether a principal can do something on a repository.
#[derive(Debug)]
pub struct Answer<'r, 'p> {
    /// The permissions that the answer is based on.
    pub permissions: &'r EffectivePermissions<'p>,
    /// The principal.
    pub principal: &'r Principal<'p>,
    /// The operation.
    pub operation: Operation,
    /// The key of the repository, or its ARN if it is not in this environment.
    pub repository: String,
    /// The name of the repository in AWS.
    pub repository_name: String,
    /// The statements that decide, each with its actions.
    pub grounds: Vec<MatchedStatement>,
    /// The statements that deny actions under conditions that are not known to be avoided, each with its actions.
    pub denials: Vec<MatchedStatement>,
    /// The actions that no statement covers.
    pub missing: Vec<&'static str>,
    /// The policies that were evaluated, as indexes into the documents.
    pub asked: Vec<usize>,
}

/// A statement that decides about some actions.
#[derive(Debug)]
pub struct MatchedStatement {
    /// The index of the statement and its document.
    pub by: StatementIndex,
    /// Its verdict.
    pub verdict: Verdict,
    /// The actions that it decides about.
    pub actions: Vec<&'static str>,
    /// The place in the spec that requests the first of them.
    pub place: Span,
}

impl<'r, 'p> Answer<'r, 'p> {
    pub(super) fn of(
        permissions: &'r EffectivePermissions<'p>,
        principal: usize,
        operation: Operation,
        repository: &'p Repository,
        on: &Arn,
    ) -> Self {
        let actions = permissions.actions_for(principal, operation, repository);
        let policies = permissions.policies_for(principal, repository);
        let answer = Answer::by(permissions, principal, operation, &actions, policies, on);
        let is_pattern = on.resource.ends_with('*');
        let shown = if repository.is_created() && !is_pattern { &answer.repository_name } else { &repository.key };
        Answer { repository: shown.clone(), ..answer }
    }

    /// The answer of these policies about these actions on the repository with this ARN.
    pub(super) fn by(
        permissions: &'r EffectivePermissions<'p>,
        principal: usize,
        operation: Operation,
        actions: &[&'static Action],
        policies: Vec<usize>,
        on: &Arn,
    ) -> Self {
        let mut grounds: BTreeMap<(StatementIndex, Verdict), Vec<&'static Action>> = BTreeMap::new();
        let mut denials: BTreeMap<(StatementIndex, Verdict), Vec<&'static Action>> = BTreeMap::new();
        let mut missing = Vec::new();
        let known = &permissions.principals[principal].known;
        for &action in actions {
            let ruling = permissions.ruling_of(&policies, known, principal, action, on);
            match ruling.by {
                Some(by) => grounds.entry((by, ruling.verdict)).or_default().push(action),
                None => missing.push(action.name),
            }
            for by in ruling.unless {
                denials.entry((by, Verdict::Denied)).or_default().push(action);
            }
        }
        let ground = |((by, verdict), actions): ((StatementIndex, Verdict), Vec<&'static Action>)| MatchedStatement {
            by,
            verdict,
            place: permissions.documents[by.document].place(by.statement, actions[0]),
            actions: actions.into_iter().map(|action| action.name).collect(),
        };
        Answer {
            permissions,
            principal: &permissions.principals[principal],
            operation,
            repository: on.to_string(),
            repository_name: on.resource.trim_start_matches("repository/").to_owned(),
            grounds: grounds.into_iter().map(ground).collect(),
            denials: denials.into_iter().map(ground).collect(),
            missing,
            asked: policies,
        }
    }

    /// Whether a statement with one of these verdicts decides about an action.
    pub(super) fn has(&self, action: &Action, is: impl Fn(Verdict) -> bool) -> bool {
        let mut grounds = self.grounds.iter().filter(|ground| is(ground.verdict));
        grounds.any(|ground| ground.actions.contains(&action.name))
    }

    /// Whether the answer is yes.
    pub fn is_yes(&self) -> bool {
        self.missing.is_empty() && self.grounds.iter().all(|ground| ground.verdict.is_yes())
    }

    /// The conditions that must all be met for a statement to apply, in a few words each. Those that are known to be met
    /// are left out.
    pub fn conditions(&self, ground: &MatchedStatement) -> Vec<String> {
        let statement = &self.permissions.documents[ground.by.document].document.statements[ground.by.statement];
        condition::open_sentences(statement, self.permissions.bindings, &self.principal.known)
    }
}
