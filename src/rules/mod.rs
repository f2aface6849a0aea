//! What we refuse or advise against: one file a rule, one visible list.
//!
//! A rule is a value. Its bad and good examples are its documentation, and its test: the bad one must
//! be found, the good one must not.

mod any_branch_trust;
mod bad_policy_statement;
mod class_wider_in_aws;
mod count_of_any;
mod dead_retention_rule;
mod failed_assertion;
mod failed_expectation;
mod github_ids_missing;
mod gitlab_id_missing;
mod irsa_pull_without_node;
mod missing_subject;
mod moving_tags_need_newer_provider;
mod nothing_archived;
mod open_repository_policy;
mod organization_wide_trust;
mod plan_can_write;
mod policy_too_large;
mod refused_verb;
mod role_called_github_actions;
mod shadowed_retention_rule;
mod shared_retention_count;
mod too_open;
mod unbound_service;
mod uncovered_image_tag;
mod unknown_action;
mod unknown_claim;
mod unused_oidc_provider;
mod vacuous_condition;
pub mod waiver;
mod weak_trust;

use crate::diagnostic::{Code, Diagnostic};
use crate::platform::Platform;
use crate::source::Span;

/// A rule.
pub struct Rule {
    /// Its name, its weight and its page. An error is what AWS would refuse, or what lets anyone in; it cannot be waived.
    pub code: Code,
    /// Its findings.
    pub check: fn(&Platform) -> Vec<Finding>,
}

/// A finding of a rule.
pub type Finding = Diagnostic;

impl Rule {
    /// A finding at one place.
    fn finding(&'static self, span: Span, message: impl Into<String>) -> Finding {
        Diagnostic::new(&self.code, span, message)
    }
}

/// All rules, by name.
pub static RULES: &[&Rule] = &[
    &any_branch_trust::RULE,
    &bad_policy_statement::RULE,
    &class_wider_in_aws::RULE,
    &count_of_any::RULE,
    &dead_retention_rule::RULE,
    &failed_assertion::RULE,
    &failed_expectation::RULE,
    &github_ids_missing::RULE,
    &gitlab_id_missing::RULE,
    &irsa_pull_without_node::RULE,
    &missing_subject::RULE,
    &moving_tags_need_newer_provider::RULE,
    &nothing_archived::RULE,
    &open_repository_policy::RULE,
    &organization_wide_trust::RULE,
    &plan_can_write::RULE,
    &policy_too_large::RULE,
    &refused_verb::RULE,
    &role_called_github_actions::RULE,
    &shadowed_retention_rule::RULE,
    &shared_retention_count::RULE,
    &unbound_service::RULE,
    &uncovered_image_tag::RULE,
    &unknown_action::RULE,
    &unknown_claim::RULE,
    &unused_oidc_provider::RULE,
    &vacuous_condition::RULE,
];

/// The rule of a name.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.name == code)
}

/// All findings about a platform, waived or not.
pub fn check(platform: &Platform) -> Vec<Diagnostic> {
    RULES.iter().flat_map(|rule| (rule.check)(platform)).collect()
}
