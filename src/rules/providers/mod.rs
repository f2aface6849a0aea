//! Rules about the providers that the output is pinned to.

mod moving_tags_need_newer_provider;

use super::Rule;

/// The rules, by name.
pub(super) static RULES: &[&Rule] = &[&moving_tags_need_newer_provider::RULE];
