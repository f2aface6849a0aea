//! Whether policies let a request through, worked out without AWS.
//!
//! Follows the IAM User Guide, "Policy evaluation logic": everything is denied unless a statement allows it, and a
//! statement that denies wins over all that allow. Service and resource control policies, permissions boundaries and
//! session policies are not part of it: they only ever take away.

mod compare;
mod condition;
mod date;
mod principal;
mod request;
mod variables;

pub use request::{Caller, Context, Request};

use crate::iam::arn::{Arn, ArnPattern};
use crate::iam::{Bindings, Document, Effect, Element, Statement, Text};

use principal::Reach;

/// Which statement: which document, and which of its statements, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementIndex {
    /// Index of the document in the list that was evaluated.
    pub document: usize,
    /// Index of the statement in the document.
    pub statement: usize,
}

/// What policies say of a request, with the first statement that decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows it, and none denies it.
    Allowed {
        /// The statement.
        by: StatementIndex,
    },
    /// A statement allows it to the caller's account as a whole: the identity policies in that account decide.
    Delegated {
        /// The statement.
        by: StatementIndex,
    },
    /// A statement denies it.
    ExplicitlyDenied {
        /// The statement.
        by: StatementIndex,
    },
    /// No statement speaks of it.
    NotAllowed,
}

/// The decision of a set of policies of which any may allow: a caller's identity policies, together with the policy of
/// the resource when both are in one account. A statement without principal speaks of the caller.
///
/// # Panics
///
/// As [`Text::bind`] does, when a document names what is not bound.
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

/// The decision about assuming a role of the caller's own account. Here the trust policy must allow. Where it speaks of
/// the account as a whole, the caller's identity policies must allow as well; a caller with a web identity token has
/// none. In the answer document 0 is the trust policy and the identity policies count from 1.
///
/// # Panics
///
/// As [`evaluate`] does.
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

/// Whom of the caller's side a statement reaches with this request.
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

/// Whether a statement speaks of a resource, whoever asks for whatever; of nothing in particular where there is none. A
/// statement without resources speaks of the thing that its policy belongs to.
///
/// # Panics
///
/// As [`evaluate`] does.
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
