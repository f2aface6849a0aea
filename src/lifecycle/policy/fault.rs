//! Faults of a lifecycle policy.

use super::constraint::Constraint;

/// A violation of a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The violated constraint, with its code, severity, reason and help.
    pub constraint: &'static Constraint,
    /// Index of the rule in `rules`, or `None` for the policy as a whole.
    pub rule: Option<usize>,
    /// JSON pointer (RFC 6901) to the place, empty for the whole document. It may point to something that is missing.
    pub path: String,
    /// What is wrong, without a full stop.
    pub message: String,
}
