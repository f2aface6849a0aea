//! Rules about which images are kept.

mod age_without_keep;
mod archived_index;
mod class_wider_in_aws;
mod count_of_any;
mod count_of_the_rest;
mod dead_retention_rule;
mod failed_expectation;
pub(super) mod inherited;
mod lambda_image_deleted;
mod list_needs_several_tags;
mod nothing_archived;
mod redundant_list_entry;
mod shadowed_retention_rule;
mod shared_retention_count;
mod subject;
mod uncovered_image_tag;
mod unprotected_moving_tag;
mod unreached_retention_rule;

use super::Rule;
pub(super) use subject::Subject;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &age_without_keep::RULE,
    &archived_index::RULE,
    &class_wider_in_aws::RULE,
    &count_of_any::RULE,
    &count_of_the_rest::RULE,
    &dead_retention_rule::RULE,
    &failed_expectation::RULE,
    &lambda_image_deleted::RULE,
    &list_needs_several_tags::RULE,
    &nothing_archived::RULE,
    &redundant_list_entry::RULE,
    &shadowed_retention_rule::RULE,
    &shared_retention_count::RULE,
    &uncovered_image_tag::RULE,
    &unprotected_moving_tag::RULE,
    &unreached_retention_rule::RULE,
];
