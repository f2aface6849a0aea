//! Decides offline whether policies allow a request.
//!
//! This follows the IAM User Guide, "Policy evaluation logic": a request is denied unless a statement allows it, and a
//! statement that denies overrides all statements that allow. Service and resource control policies, permissions
//! boundaries and session policies are not evaluated, because they can only remove permissions.

mod applying;
mod compare;
mod condition;
mod context;
mod date;
mod principal;
mod request;
mod truth;
mod variables;

pub use applying::{Applying, applying};
pub use condition::open_conditions;
pub use context::Context;
pub use request::{Caller, Request};
pub use truth::Truth;

use crate::iam::arn::{Arn, ArnPattern};
use crate::iam::{Bindings, Document, Effect, Element, Statement, Text};

pub(in crate::iam) use date::is_date;
pub use principal::{Reach, names_of};

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
/// with the resource policy if both are in the same account. A statement without a principal applies to the caller. The
/// context must be complete: of an [open](Context::open) one, [`applying`] decides as much as can be known.
///
/// # Panics
///
/// If a document refers to a name that is not bound. See [`Text::bind`].
pub fn evaluate(documents: &[Document], bindings: &Bindings, request: &Request) -> Decision {
    let mut decision = Decision::NotAllowed;
    for (document, statements) in documents.iter().enumerate() {
        for (statement, candidate) in statements.statements.iter().enumerate() {
            let by = StatementIndex { document, statement };
            let (truth, reach) = reach(candidate, bindings, request);
            decision = match (candidate.effect, reach, decision) {
                (_, Reach::None, _) | (_, _, Decision::ExplicitlyDenied { .. }) => decision,
                _ if truth != Truth::Yes => decision,
                (Effect::Deny, _, _) => Decision::ExplicitlyDenied { by },
                (Effect::Allow, Reach::Account, Decision::NotAllowed) => Decision::Delegated { by },
                (Effect::Allow, Reach::Account, _) | (_, _, Decision::Allowed { .. }) => decision,
                (Effect::Allow, ..) => Decision::Allowed { by },
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

/// Whether a statement applies to this request, and how far it applies to the caller.
fn reach(statement: &Statement, bindings: &Bindings, request: &Request) -> (Truth, Reach) {
    if !statement.covers_action(&request.action) {
        return (Truth::No, Reach::None);
    }
    let reach = match &statement.principal {
        None => Reach::Caller,
        Some(principal) => principal::reach(principal, statement.effect, bindings, &request.caller),
    };
    if reach == Reach::None {
        return (Truth::No, reach);
    }
    let covers = covers_resource(statement, bindings, request.resource.as_ref(), &request.context);
    let truth = match covers {
        Truth::No => Truth::No,
        covers => covers.min(condition::all_hold(&statement.conditions, bindings, &request.context)),
    };
    (truth, if truth == Truth::No { Reach::None } else { reach })
}

/// Whether a statement covers a resource, regardless of caller and action. Without a resource, whether it covers
/// actions that have none. A statement without a resource element covers the resource that its policy belongs to.
///
/// # Panics
///
/// In the same cases as [`evaluate`].
pub fn covers_resource(statement: &Statement, bindings: &Bindings, resource: Option<&Arn>, context: &Context) -> Truth {
    let covers = |text: &Text| {
        let text = text.bind(bindings);
        // Variables are only replaced after the fifth colon (IAM User Guide, "Where you can use policy variables").
        if text.splitn(6, ':').take(5).any(|segment| segment.contains("${")) {
            return Some(Truth::No);
        }
        let resolved = variables::resolve(&text, context)?;
        let pattern = ArnPattern::from_globs(&resolved.globs).ok().filter(ArnPattern::names_service);
        let covers = pattern.is_some_and(|pattern| match resource {
            Some(arn) => pattern.covers(arn),
            None => pattern.is_all(),
        });
        Some(if resolved.is_certain { covers.into() } else { Truth::from(covers).min(Truth::Maybe) })
    };
    match &statement.resources {
        None => Truth::Yes,
        Some(Element::Only(resources)) => Truth::any(resources.iter().filter_map(covers)),
        Some(Element::AllExcept(resources)) => {
            Truth::all(resources.iter().map(|text| covers(text).map_or(Truth::No, |covers| !covers)))
        }
    }
}
