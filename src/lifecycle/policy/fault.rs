//! A fault of a lifecycle policy.

use super::constraint::Constraint;

/// One violation of one constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is violated: code, severity, AWS's reason, help.
    pub constraint: &'static Constraint,
    /// Index of the rule in `rules`; `None`: the policy as a whole.
    pub rule: Option<usize>,
    /// JSON pointer (RFC 6901) to the place: empty for the whole document. What is missing is pointed to as well.
    pub path: String,
    /// What stands there, without a full stop.
    pub message: String,
}
