//! What a set of policies decides about an action.

use crate::iam::{
    Action, Arn, Bindings, Context, Decision, Document, Effect, Element, Request, Statement, StatementIndex, evaluate,
};

use super::condition;
use super::principal::{Kind, Principal};

/// What policies say of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes, whatever the circumstances.
    Allowed,
    /// Yes, when the conditions of a statement are met.
    Conditional,
    /// A statement allows it, and the permissions boundary does not.
    Bounded,
    /// A statement denies it.
    Denied,
    /// No statement allows it.
    NotAllowed,
}

/// A verdict and the statement it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// The statement; none where none speaks of it.
    pub by: Option<StatementIndex>,
}

impl Verdict {
    /// Whether it can be done at all.
    pub fn is_yes(self) -> bool {
        matches!(self, Verdict::Allowed | Verdict::Conditional)
    }
}

/// What somebody is judged by.
pub(super) struct PolicySet {
    /// Policies of which any may allow.
    pub(super) policies: Vec<Document>,
    /// The permissions boundary, which must allow as well.
    pub(super) boundary: Option<Document>,
}

impl PolicySet {
    /// The ruling on a principal's action on a resource; `None` for actions that only `*` grants.
    ///
    /// A boundary does not limit what a resource's policy gives to a session by name; no role has such a one here.
    pub(super) fn ruling(
        &self,
        bindings: &Bindings,
        principal: &Principal,
        action: &Action,
        resource: Option<&Arn>,
    ) -> Ruling {
        let found = ruling(&self.policies, bindings, principal, action, resource);
        let within = |boundary: &Document| {
            ruling(std::slice::from_ref(boundary), bindings, principal, action, resource).verdict.is_yes()
        };
        match &self.boundary {
            Some(boundary) if found.verdict.is_yes() && !within(boundary) => {
                Ruling { verdict: Verdict::Bounded, ..found }
            }
            _ => found,
        }
    }
}

/// The ruling of these policies on a principal's action on a resource; `None` for actions that only `*` grants.
fn ruling(
    documents: &[Document],
    bindings: &Bindings,
    principal: &Principal,
    action: &Action,
    resource: Option<&Arn>,
) -> Ruling {
    let request = Request {
        caller: principal.caller.clone(),
        action: action.name.to_owned(),
        resource: resource.cloned(),
        context: Context::default(),
    };
    let allowed = |decision| match decision {
        Decision::Allowed { by } => Some(by),
        Decision::Delegated { by } if principal.kind == Kind::Account => Some(by),
        _ => None,
    };
    if let Some(by) = allowed(evaluate(documents, bindings, &request)) {
        return Ruling { verdict: Verdict::Allowed, by: Some(by) };
    }
    let conditional: Vec<Document> = documents.iter().map(at_its_widest).collect();
    let decision = evaluate(&conditional, bindings, &request);
    match (allowed(decision), decision) {
        (Some(by), _) => Ruling { verdict: Verdict::Conditional, by: Some(by) },
        (None, Decision::ExplicitlyDenied { by }) => Ruling { verdict: Verdict::Denied, by: Some(by) },
        _ => Ruling { verdict: Verdict::NotAllowed, by: None },
    }
}

/// The conditions under which an action is allowed: of each statement that allows it when they are met.
pub(super) fn alternatives(
    documents: &[Document],
    bindings: &Bindings,
    principal: &Principal,
    action: &Action,
    resource: Option<&Arn>,
) -> Vec<String> {
    let statements = documents.iter().flat_map(|document| &document.statements);
    let allows = |statement: &&Statement| {
        let alone = [Document::new([Statement::clone(statement)])];
        ruling(&alone, bindings, principal, action, resource).verdict == Verdict::Conditional
    };
    let mut alternatives: Vec<String> =
        statements.filter(allows).map(|statement| condition::sentences(statement, bindings).join(" and ")).collect();
    alternatives.sort();
    alternatives.dedup();
    alternatives
}

/// The document when every condition of a permission is met and none of a denial, statement by statement.
fn at_its_widest(document: &Document) -> Document {
    let widest = |statement: &Statement| {
        let mut statement = statement.clone();
        if statement.effect == Effect::Deny && !statement.conditions.is_empty() {
            statement.actions = Element::Only(Vec::new());
        }
        statement.conditions.clear();
        statement
    };
    Document::new(document.statements.iter().map(widest))
}
