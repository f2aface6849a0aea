//! Rules about which images are kept.

mod class_wider_in_aws;
mod count_of_any;
mod dead_retention_rule;
mod failed_expectation;
mod nothing_archived;
mod shadowed_retention_rule;
mod shared_retention_count;
mod uncovered_image_tag;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &class_wider_in_aws::RULE,
    &count_of_any::RULE,
    &dead_retention_rule::RULE,
    &failed_expectation::RULE,
    &nothing_archived::RULE,
    &shadowed_retention_rule::RULE,
    &shared_retention_count::RULE,
    &uncovered_image_tag::RULE,
];
