//! Rules about who can do what.

mod failed_assertion;
mod irsa_pull_without_node;
mod refused_verb;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[&failed_assertion::RULE, &irsa_pull_without_node::RULE, &refused_verb::RULE];
