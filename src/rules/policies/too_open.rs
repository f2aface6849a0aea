//! Statements in `policy_statements` that grant more access than intended, for the rules about them.

use crate::iam::Step;
use crate::iam::openness::{Opening, openings};
use crate::policies::{Policies, raw_statement};
use crate::source::Span;

/// A way in which a statement grants too much access.
pub(super) struct Open {
    /// The kind of opening.
    pub opening: Opening,
    /// The operator and the key of the condition that causes it, if a condition does.
    pub condition: Option<(String, String)>,
    /// The part of the statement that causes it. For a condition, its operator.
    pub span: Span,
    /// The path of the spec element.
    pub path: String,
}

/// Returns all of them, statement by statement.
pub(super) fn found(policies: &Policies) -> Vec<Open> {
    let mut found = Vec::new();
    for (written, statement) in raw_statement::all(policies.platform) {
        let openings = openings(&statement, &policies.bindings).into_iter();
        found.extend(openings.map(|(at, opening)| {
            let condition = match at.as_slice() {
                [_, Step::Key(operator), Step::Key(key)] => Some((operator.clone(), key.clone())),
                _ => None,
            };
            let span = if condition.is_some() { written.place_of_key(&at[..2]) } else { written.place(&at) };
            Open { opening, condition, span, path: written.path.clone() }
        }));
    }
    found
}
