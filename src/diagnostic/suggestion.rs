//! A way out of a finding that a program can take.

use crate::source::Edit;

/// A way out of a finding that a program can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it does, as an imperative.
    pub message: String,
    /// The edits that do it.
    pub edits: Vec<Edit>,
    /// Whether it can be applied without being looked at: the output stays as it was meant.
    pub safe: bool,
}
