//! Faults of a lifecycle policy.

use super::constraint::{
    Constraint, LIST_WITHOUT_TAGGED, NULL_VALUE, TARGET_WITH_EXPIRE, TWO_TAG_LISTS, UNIT_WITH_COUNT, UNKNOWN_KEY,
};

/// A violation of a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The violated constraint, with its code, severity, reason and help.
    pub constraint: &'static Constraint,
    /// Index of the rule in `rules`, or `None` for the policy as a whole.
    pub rule: Option<usize>,
    /// Index of another rule that this one does not fit.
    pub other: Option<usize>,
    /// JSON pointer (RFC 6901) to the place, empty for the whole document. It may point to something that is missing.
    pub path: String,
    /// What is wrong, without a full stop.
    pub message: String,
    /// How to fix it, if that is known more exactly than for the constraint in general.
    pub fix: Option<String>,
}

impl Fault {
    /// Sets the other rule.
    pub(super) fn about(self, other: usize) -> Self {
        Fault { other: Some(other), ..self }
    }

    /// How to fix it.
    pub fn help(&self) -> &str {
        self.fix.as_deref().unwrap_or(self.constraint.help)
    }

    /// Whether the key is wrong, whatever its value is.
    pub fn is_about_key(&self) -> bool {
        let keys =
            [&UNKNOWN_KEY, &UNIT_WITH_COUNT, &TARGET_WITH_EXPIRE, &LIST_WITHOUT_TAGGED, &TWO_TAG_LISTS, &NULL_VALUE];
        keys.contains(&self.constraint)
    }
}
