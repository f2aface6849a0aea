//! What is wrong with a tree.

use crate::source::Span;

/// Something that Terraform or the oldest allowed provider would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What in the spec asked for it, as far as the tree knows.
    pub origin: Option<Span>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}
