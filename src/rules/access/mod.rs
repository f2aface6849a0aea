//! Rules about who can do what.

mod arn_elsewhere;
mod covers_no_repository;
mod denied_grant;
mod failed_assertion;
mod import_without_pull;
mod irsa_pull_without_node;
mod protected_role;
mod refused_verb;
mod repository_by_arn;
mod repository_of_another_account;
mod repository_out_of_reach;
mod unknown_arn;
mod unknown_exception;
mod unusable_create;
mod whole_registry_access;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &arn_elsewhere::RULE,
    &covers_no_repository::RULE,
    &denied_grant::RULE,
    &failed_assertion::RULE,
    &import_without_pull::RULE,
    &irsa_pull_without_node::RULE,
    &protected_role::RULE,
    &refused_verb::RULE,
    &repository_by_arn::RULE,
    &repository_of_another_account::RULE,
    &repository_out_of_reach::RULE,
    &unknown_arn::RULE,
    &unknown_exception::RULE,
    &unusable_create::RULE,
    &whole_registry_access::RULE,
];
