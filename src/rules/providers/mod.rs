//! Rules about the AWS provider and the module that the output uses.

mod moving_tags_need_newer_provider;
mod template_needs_newer_provider;
mod unknown_ecr_module;
pub mod unknown_region;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &moving_tags_need_newer_provider::RULE,
    &template_needs_newer_provider::RULE,
    &unknown_ecr_module::RULE,
    &unknown_region::RULE,
];
