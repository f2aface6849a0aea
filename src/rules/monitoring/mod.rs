//! Rules about monitoring.

mod alarm_without_repository;
mod events_without_repository;
mod failed_replication_elsewhere;
mod long_alarm_name;
mod long_rule_name;
mod too_many_targets;
mod topic_elsewhere;
mod widened_event_pattern;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &alarm_without_repository::RULE,
    &events_without_repository::RULE,
    &failed_replication_elsewhere::RULE,
    &long_alarm_name::RULE,
    &long_rule_name::RULE,
    &too_many_targets::RULE,
    &topic_elsewhere::RULE,
    &widened_event_pattern::RULE,
];
