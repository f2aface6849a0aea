//! Whom the statements under `policy_statements` let in beyond those they mean, for the rules about it.

use crate::iam::openness::{Opening, openings};
use crate::policies::{Policies, raw_statement};
use crate::source::Span;

/// A way in which a statement lets in too many.
pub(super) struct Open {
    /// Which way.
    pub opening: Opening,
    /// What in the statement makes it so.
    pub span: Span,
    /// The path of the spec element.
    pub path: String,
}

/// All of them, statement by statement.
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
