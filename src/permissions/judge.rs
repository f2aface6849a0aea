//! Decides whether a set of policies allows an action.

use crate::iam::{
    Action, Arn, Bindings, Context, Decision, Document, Effect, Element, Request, Statement, StatementIndex, evaluate,
};

use super::condition;
use super::principal::{Kind, Principal};

/// The decision of policies about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Allowed without conditions.
    Allowed,
    /// Allowed if the conditions of a statement are met.
    Conditional,
    /// Allowed by a statement, but not by the permissions boundary.
    Bounded,
    /// Denied by a statement.
    Denied,
    /// Not allowed by any statement.
    NotAllowed,
}

/// A verdict and the statement that decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// The statement; `None` if no statement covers the action.
    pub by: Option<StatementIndex>,
}

impl Verdict {
    /// Whether the action is allowed, with or without conditions.
    pub fn is_yes(self) -> bool {
        matches!(self, Verdict::Allowed | Verdict::Conditional)
    }
}

/// The policies of a principal.
pub(super) struct PolicySet {
    /// Policies, any of which can allow an action.
    pub(super) policies: Vec<Document>,
    /// The permissions boundary, which must also allow the action.
    pub(super) boundary: Option<Document>,
}

impl PolicySet {
    /// The ruling on an action of a principal on a resource. `resource` is `None` for actions that only `*` grants.
    ///
    /// A boundary does not limit what a resource-based policy grants to a named session, but the output has no such
    /// policy.
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

/// The ruling of these policies on an action of a principal on a resource. `resource` is `None` for actions that only
/// `*` grants.
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

/// The conditions under which an action is allowed, one item for each statement that allows it under conditions.
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

/// The document with all conditions of `Allow` statements met, and no conditions of `Deny` statements met.
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
