//! A rule for archived images in a policy that never archives any.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, StorageClass};
use crate::platform::Repository;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "nothing-archived",
        severity: Severity::Note,
        what: "A lifecycle rule acts on archived images, but no rule archives any.",
        why: "A rule for the archive matches nothing else, so this one has no effect unless a person archives images by hand. \
          ecrgen proves this from the actions of all rules, without those that never act.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { expire_archived_after: 90d }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, then: archive, of: release }, { expire_archived_after: 90d }] }
",
        ),
        source: "ECR user guide, \"Archiving an image\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    // A rule for a class with an error is not in the policy.
    if !facts.know(&["image_tags"]) {
        return Vec::new();
    }
    facts.platform.all_repositories().flat_map(findings).collect()
}

fn findings(repository: &Repository) -> Vec<Finding> {
    let Some(lifecycle) = &repository.lifecycle else { return Vec::new() };
    let policy = &lifecycle.policy;
    let archives = |&rule: &usize| policy.rules[rule].action == Action::TransitionToArchive;
    let acts = |rule: usize| policy.precedence(rule).covered_by.is_empty();
    if (0..policy.rules.len()).filter(archives).any(acts) {
        return Vec::new();
    }
    let on_archive = policy.rules.iter().zip(&lifecycle.origins);
    let on_archive = on_archive.filter(|(rule, _)| rule.selection.criterion.storage_class() == StorageClass::Archive);
    let found = on_archive.map(|(rule, origin)| {
        RULE.finding(*origin, format!("rule {} has no effect: no rule archives images", rule.priority))
            .label("for archived images only")
            .help(
                "archive images first: add `then: archive` to a rule with `keep`, or add a rule with `archive_after` or `archive_unpulled_after`",
            )
            .at(lifecycle.path(repository))
    });
    found.collect()
}
