//! Rules about who can assume the roles.

mod any_branch_trust;
mod github_ids_missing;
mod gitlab_id_missing;
mod issuer_of_another_kind;
mod missing_subject;
mod open_branch_name;
mod organization_wide_trust;
mod plan_can_write;
mod pull_request_trust;
mod role_called_github_actions;
mod unanchored_subject;
mod unknown_claim;
mod unused_oidc_provider;
mod weak_trust;

use super::Rule;

/// The rules, sorted by code.
pub(super) static RULES: &[&Rule] = &[
    &any_branch_trust::RULE,
    &github_ids_missing::RULE,
    &gitlab_id_missing::RULE,
    &issuer_of_another_kind::RULE,
    &missing_subject::RULE,
    &open_branch_name::RULE,
    &organization_wide_trust::RULE,
    &plan_can_write::RULE,
    &pull_request_trust::RULE,
    &role_called_github_actions::RULE,
    &unanchored_subject::RULE,
    &unknown_claim::RULE,
    &unused_oidc_provider::RULE,
];
