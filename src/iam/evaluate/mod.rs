//! Decides offline whether policies allow a request.
//!
//! This follows the IAM User Guide, "Policy evaluation logic": a request is denied unless a statement allows it, and a
//! statement that denies overrides all statements that allow. Service and resource control policies, permissions
//! boundaries and session policies are not evaluated, because they can only remove permissions.

mod compare;
mod condition;
mod date;
mod principal;
mod request;
mod variables;

pub use request::{Caller, Context, Request};

use crate::iam::arn::{Arn, ArnPattern};
use crate::iam::{Bindings, Document, Effect, Element, Statement, Text};

pub(in crate::iam) use date::is_date;
use principal::Reach;
pub use principal::names_of;

/// The position of a statement: the document and the statement in it, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementIndex {
    /// Index of the document in the list that was evaluated.
    pub document: usize,
    /// Index of the statement in the document.
    pub statement: usize,
}

/// The decision on a request, with the first statement that determines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows the request, and no statement denies it.
    Allowed {
        /// The statement.
        by: StatementIndex,
    },
    /// A statement allows the request for the caller's whole account. The identity policies in that account decide.
    Delegated {
        /// The statement.
        by: StatementIndex,
    },
    /// A statement denies the request.
    ExplicitlyDenied {
        /// The statement.
        by: StatementIndex,
    },
    /// No statement applies to the request.
    NotAllowed,
}

/// The decision of a set of policies, any of which can allow the request: the identity policies of the caller, together
/// with the resource policy if both are in the same account. A statement without a principal applies to the caller.
///
/// # Panics
///
/// If a document refers to a name that is not bound. See [`Text::bind`].
pub fn evaluate(documents: &[Document], bindings: &Bindings, request: &Request) -> Decision {
    let mut decision = Decision::NotAllowed;
    for (document, statements) in documents.iter().enumerate() {
        for (statement, candidate) in statements.statements.iter().enumerate() {
            let by = StatementIndex { document, statement };
            let reach = reach(candidate, bindings, request);
            decision = match (candidate.effect, reach, decision) {
                (_, Reach::None, _) | (_, _, Decision::ExplicitlyDenied { .. }) => decision,
                (Effect::Deny, _, _) => Decision::ExplicitlyDenied { by },
                (Effect::Allow, Reach::Caller, Decision::NotAllowed | Decision::Delegated { .. }) => {
                    Decision::Allowed { by }
                }
                (Effect::Allow, Reach::Account, Decision::NotAllowed) => Decision::Delegated { by },
                (Effect::Allow, ..) => decision,
            };
        }
    }
    decision
}

/// The decision on assuming a role in the caller's own account. The trust policy must allow it. If the trust policy
/// names the account as a whole, the identity policies of the caller must also allow it. A caller with a web identity
/// token has no identity policies. In the result, document 0 is the trust policy, and identity policies are counted
/// from 1.
///
/// # Panics
///
/// In the same cases as [`evaluate`].
pub fn evaluate_trust(
    trust: &Document,
    identity_policies: &[Document],
    bindings: &Bindings,
    request: &Request,
) -> Decision {
    let trust = evaluate(std::slice::from_ref(trust), bindings, request);
    match (trust, evaluate(identity_policies, bindings, request)) {
        (Decision::ExplicitlyDenied { .. }, _) => trust,
        (_, Decision::ExplicitlyDenied { by }) => {
            Decision::ExplicitlyDenied { by: StatementIndex { document: by.document + 1, ..by } }
        }
        (Decision::Delegated { by }, Decision::Allowed { .. }) => Decision::Allowed { by },
        _ => trust,
    }
}

/// How far a statement applies to the caller of this request.
fn reach(statement: &Statement, bindings: &Bindings, request: &Request) -> Reach {
    let applies = statement.covers_action(&request.action)
        && covers_resource(statement, bindings, request.resource.as_ref(), &request.context)
        && condition::all_hold(&statement.conditions, bindings, &request.context);
    match &statement.principal {
        _ if !applies => Reach::None,
        None => Reach::Caller,
        Some(principal) => principal::reach(principal, statement.effect, bindings, &request.caller),
    }
}

/// Whether a statement covers a resource, regardless of caller and action. Without a resource, whether it covers
/// actions that have none. A statement without a resource element covers the resource that its policy belongs to.
///
/// # Panics
///
/// In the same cases as [`evaluate`].
pub fn covers_resource(statement: &Statement, bindings: &Bindings, resource: Option<&Arn>, context: &Context) -> bool {
    let covers = |text: &Text| {
        let globs = variables::resolve(&text.bind(bindings), context)?;
        let pattern = ArnPattern::from_globs(&globs).ok().filter(ArnPattern::names_service);
        Some(pattern.is_some_and(|pattern| match resource {
            Some(arn) => pattern.covers(arn),
            None => pattern.is_all(),
        }))
    };
    match &statement.resources {
        None => true,
        Some(Element::Only(resources)) => resources.iter().any(|text| covers(text) == Some(true)),
        Some(Element::AllExcept(resources)) => resources.iter().all(|text| covers(text) == Some(false)),
    }
}
