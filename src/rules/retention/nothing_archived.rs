//! A rule for archived images in a policy that archives none.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, StorageClass};
use crate::platform::Repository;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "nothing-archived",
        severity: Severity::Note,
        what: "A rule of a retention acts on archived images, and no rule of it archives any.",
        why: "A rule for the archive sees nothing else, so this one is never reached unless somebody archives images by hand. \
          This is proved from the actions of all rules; rules that never act themselves are not counted.",
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
    check: |facts| facts.platform.repositories.iter().flat_map(findings).collect(),
};

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
        RULE.finding(*origin, format!("rule {} is never reached: no rule archives an image", rule.priority))
            .label("for archived images only")
            .help("archive before it: `then: archive` beside `keep`, `archive_after` or `archive_unpulled_after`")
            .at(lifecycle.path(&repository.key))
    });
    found.collect()
}
