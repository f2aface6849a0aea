//! Rules about the providers that the output is pinned to.

mod moving_tags_need_newer_provider;
pub mod unknown_region;

use super::Rule;

/// The rules, by name.
pub(super) static RULES: &[&Rule] = &[&moving_tags_need_newer_provider::RULE, &unknown_region::RULE];
