//! Decides whether a set of policies allows an action.

use std::collections::BTreeSet;

use crate::iam::evaluate::{self, Applying, Reach};
use crate::iam::{
    self, Action, Arn, Bindings, Context, Document, Effect, Element, Request, Statement, StatementIndex, Truth,
};

use super::condition;
use super::principal::{Kind, Principal};

/// The decision of policies about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Allowed without conditions.
    Allowed,
    /// Allowed if the conditions of a statement are met, or unless those of a denial are.
    Conditional,
    /// Allowed by a statement, but not by the permissions boundary.
    Bounded,
    /// Denied by a statement.
    Denied,
    /// Not allowed by any statement.
    NotAllowed,
}

/// A verdict and the statement that decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// The statement; `None` if no statement covers the action.
    pub by: Option<StatementIndex>,
    /// The statements that deny the action under conditions that are not known to be avoided.
    pub unless: Vec<StatementIndex>,
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
    /// The ruling on an action of a principal on a resource. `resource` is `None` for actions that only `*` grants. In the
    /// ruling, the boundary is counted after the policies.
    pub(super) fn ruling(
        &self,
        bindings: &Bindings,
        principal: &Principal,
        context: &Context,
        action: &Action,
        resource: Option<&Arn>,
    ) -> Ruling {
        let found = self.weigh(bindings, principal, context, action, resource);
        let ruling = |verdict, by| Ruling { verdict, by, unless: Vec::new() };
        if let Some(denial) = found.denials.iter().find(|denial| denial.truth == Truth::Yes) {
            return ruling(Verdict::Denied, Some(denial.by));
        }
        // The first of the allowances that are the most certain.
        let best = found.allowances.iter().rev().max_by_key(|allowance| allowance.truth);
        let Some(best) = best else { return ruling(Verdict::NotAllowed, None) };
        let verdict = match best.truth {
            Truth::No => return ruling(Verdict::Bounded, Some(best.by)),
            Truth::Yes if found.denials.is_empty() => Verdict::Allowed,
            Truth::Yes | Truth::Maybe => Verdict::Conditional,
        };
        Ruling { verdict, by: Some(best.by), unless: found.denials.iter().map(|denial| denial.by).collect() }
    }

    /// The conditions under which an action is allowed.
    pub(super) fn conditions(
        &self,
        bindings: &Bindings,
        principal: &Principal,
        action: &Action,
        resource: Option<&Arn>,
    ) -> Conditions {
        let found = self.weigh(bindings, principal, &principal.known, action, resource);
        let words = |weighed: &Weighed| {
            let document = self.policies.get(weighed.by.document).or(self.boundary.as_ref());
            let statement = &document.expect("a policy that was evaluated").statements[weighed.by.statement];
            condition::open_sentences(statement, bindings, &principal.known).join(" and ")
        };
        let possible = found.allowances.iter().filter(|allowance| allowance.truth != Truth::No);
        let alternatives: BTreeSet<String> = possible.map(words).collect();
        // An allowance without conditions makes those of the others irrelevant.
        let alternatives = if alternatives.contains("") { BTreeSet::new() } else { alternatives };
        Conditions { alternatives, denials: found.denials.iter().map(words).collect() }
    }

    fn weigh(
        &self,
        bindings: &Bindings,
        principal: &Principal,
        context: &Context,
        action: &Action,
        resource: Option<&Arn>,
    ) -> Found {
        let request = Request {
            caller: principal.caller.clone(),
            action: action.name.to_owned(),
            resource: resource.cloned(),
            context: context.clone(),
        };
        let is_foreign = principal.account().is_some_and(|account| account != bindings.account_id);
        // An account passes on what it is allowed. What another account's own policies allow is not known.
        let counts = |one: &Applying| {
            one.effect == Effect::Deny || one.reach != Reach::Account || principal.kind == Kind::Account || is_foreign
        };
        let applying = |documents: &[Document]| {
            let found = evaluate::applying(documents, bindings, &request);
            found.into_iter().filter(counts).partition::<Vec<_>, _>(|one| one.effect == Effect::Deny)
        };
        let (denials, allowances) = match self.boundary {
            None => applying(&self.policies),
            Some(_) => applying(&self.policies.iter().map(with_boundary).collect::<Vec<_>>()),
        };
        let weighed = |one: &Applying| Weighed { by: one.by, truth: one.truth };
        let mut found = Found {
            denials: denials.iter().map(weighed).collect(),
            allowances: allowances.iter().map(weighed).collect(),
        };
        let Some(boundary) = &self.boundary else { return found };
        let (denials, limits) = applying(std::slice::from_ref(boundary));
        let denied = Truth::any(denials.iter().map(|denial| denial.truth));
        let within = Truth::any(limits.iter().map(|limit| limit.truth));
        for (allowance, applying) in found.allowances.iter_mut().zip(&allowances) {
            let limit = if applying.reach == Reach::Session { Truth::Yes } else { within };
            let limit = if denied == Truth::Yes { Truth::No } else { limit };
            allowance.truth = allowance.truth.min(limit);
        }
        let at = self.policies.len();
        let open = denials.iter().filter(|denial| denial.truth == Truth::Maybe);
        found.denials.extend(
            open.map(|denial| Weighed { by: StatementIndex { document: at, ..denial.by }, truth: denial.truth }),
        );
        found
    }
}

/// What policies say about an action.
struct Found {
    denials: Vec<Weighed>,
    allowances: Vec<Weighed>,
}

/// A statement, and whether it decides.
struct Weighed {
    by: StatementIndex,
    truth: Truth,
}

/// The conditions under which an action is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Conditions {
    /// Conditions of which any one is sufficient; empty if a statement allows the action without conditions.
    pub(super) alternatives: BTreeSet<String>,
    /// Conditions under which the action is denied.
    pub(super) denials: BTreeSet<String>,
}

impl Conditions {
    pub(super) fn is_empty(&self) -> bool {
        self.alternatives.is_empty() && self.denials.is_empty()
    }
}

/// The document as it applies to a principal with a permissions boundary. A `Deny` with `NotPrincipal` applies to each of
/// them, whatever it lists (IAM User Guide, "AWS JSON policy elements: NotPrincipal").
fn with_boundary(document: &Document) -> Document {
    let applied = |statement: &Statement| {
        let mut statement = statement.clone();
        if statement.effect == Effect::Deny && matches!(statement.principal, Some(Element::AllExcept(_))) {
            statement.principal = Some(Element::Only(iam::Principal::Everyone));
        }
        statement
    };
    Document::new(document.statements.iter().map(applied))
}
