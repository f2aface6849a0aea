//! Statements in `policy_statements` that grant more access than intended, for the rules about them.

use crate::iam::openness::{Opening, openings};
use crate::policies::{Policies, raw_statement};
use crate::source::Span;

/// A way in which a statement grants too much access.
pub(super) struct Open {
    /// The kind of opening.
    pub opening: Opening,
    /// The part of the statement that causes it.
    pub span: Span,
    /// The path of the spec element.
    pub path: String,
}

/// Returns all of them, statement by statement.
pub(super) fn found(policies: &Policies) -> Vec<Open> {
    let mut found = Vec::new();
    for (written, statement) in raw_statement::all(policies.platform) {
        let openings = openings(&statement, &policies.bindings).into_iter();
        found.extend(openings.map(|(at, opening)| Open {
            opening,
            span: written.place(&at),
            path: written.path.clone(),
        }));
    }
    found
}
