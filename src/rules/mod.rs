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

use crate::diagnostic::{Diagnostic, Severity};
use crate::platform::Platform;

/// A rule.
pub struct Rule {
    /// Its name, after the fault.
    pub code: &'static str,
    /// How much a finding weighs. An error is what AWS would refuse, or let in; it cannot be waived.
    pub severity: Severity,
    /// What it finds, in a sentence.
    pub what: &'static str,
    /// Why that is a fault.
    pub why: &'static str,
    /// A spec in which it finds something.
    pub bad: &'static str,
    /// The same spec without the fault.
    pub good: &'static str,
    /// The page it follows.
    pub source: &'static str,
    /// Its findings; severity and code are filled in from the rule.
    pub check: fn(&Platform) -> Vec<Finding>,
}

/// A finding of a rule, before the rule's code and severity are added.
pub type Finding = Diagnostic;

/// All rules, by name.
pub const RULES: &[&Rule] = &[
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
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// All findings about a platform, waived or not.
pub fn check(platform: &Platform) -> Vec<Diagnostic> {
    let found = |rule: &&Rule| {
        let (severity, code) = (rule.severity, rule.code);
        (rule.check)(platform).into_iter().map(move |finding| Diagnostic { severity, code, ..finding })
    };
    RULES.iter().flat_map(found).collect()
}

/// A finding of the rule that is being written; [`check`] adds code and severity.
fn finding(span: crate::source::Span, message: impl Into<String>) -> Finding {
    Diagnostic::warning("", span, message)
}
