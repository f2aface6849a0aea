//! Rules about policies.

mod bad_policy_statement;
mod lambda_access_removed;
mod open_repository_policy;
mod policy_too_large;
mod too_open;
mod unbound_service;
mod unknown_action;
mod unknown_condition_key;
mod vacuous_condition;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &bad_policy_statement::RULE,
    &lambda_access_removed::RULE,
    &open_repository_policy::RULE,
    &policy_too_large::RULE,
    &unbound_service::RULE,
    &unknown_action::RULE,
    &unknown_condition_key::RULE,
    &vacuous_condition::RULE,
];
