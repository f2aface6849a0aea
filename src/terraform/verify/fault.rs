//! A problem in a tree.

use crate::source::Span;

/// Something that Terraform or the oldest allowed provider would reject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place in the spec that it comes from, as far as the tree knows.
    pub origin: Option<Span>,
    /// What is too old: the name of a provider, or `terraform`.
    pub owner: Option<String>,
    /// The problem, in one sentence without a full stop.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
}
