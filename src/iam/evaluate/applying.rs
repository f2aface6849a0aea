//! The statements that apply to a request, when some of its condition keys are unknown.

use super::principal::Reach;
use super::request::Request;
use super::truth::Truth;
use super::{StatementIndex, reach};
use crate::iam::{Bindings, Document, Effect};

/// A statement that applies to a request, or that applies depending on keys that the context does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applying {
    /// The statement.
    pub by: StatementIndex,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// How far it applies to the caller. Never [`Reach::None`].
    pub reach: Reach,
    /// Whether it applies: yes or maybe.
    pub truth: Truth,
}

/// The statements of these policies that apply or may apply, in order.
///
/// # Panics
///
/// In the same cases as [`evaluate`](super::evaluate()).
pub fn applying(documents: &[Document], bindings: &Bindings, request: &Request) -> Vec<Applying> {
    let mut found = Vec::new();
    for (document, statements) in documents.iter().enumerate() {
        for (statement, candidate) in statements.statements.iter().enumerate() {
            let (truth, reach) = reach(candidate, bindings, request);
            if truth != Truth::No {
                let by = StatementIndex { document, statement };
                found.push(Applying { by, effect: candidate.effect, reach, truth });
            }
        }
    }
    found
}
