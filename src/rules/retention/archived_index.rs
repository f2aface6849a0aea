//! An index that is archived while its platform images are deleted.

use super::subject::{Subject, of_each_rule};
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, StorageClass, Tags};
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "archived-index",
        severity: Severity::Note,
        what: "One lifecycle rule archives tagged images, and another one deletes untagged images.",
        why: "The tag of a multi-platform image belongs to an image index. The images in the index are untagged, and \
          ECR protects them only until the index is archived. Then the rule for untagged images deletes them, and the \
          index cannot be pulled even after it is restored.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, then: archive, of: release }, { expire_after: 7d, of: untagged }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, then: archive, of: release }, { archive_after: 7d, of: untagged }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| of_each_rule(facts, finding),
};

fn finding(subject: &Subject, rule: usize) -> Option<Finding> {
    let selection = subject.selection(rule);
    let deletes = subject.rule(rule).action == Action::Expire && !subject.keeps_all(rule);
    if !deletes
        || !selection.tags.includes(&Tags::Untagged)
        || selection.criterion.storage_class() == StorageClass::Archive
    {
        return None;
    }
    let archives = |&other: &usize| {
        subject.rule(other).action == Action::TransitionToArchive
            && subject.selection(other).tags != Tags::Untagged
            && subject.lifecycle.policy.never_acts(other).is_none()
    };
    let archiver = subject.order.iter().copied().find(archives)?;
    let message = format!(
        "after {} has archived an image index, {} deletes the untagged images that the index lists, so it cannot be pulled even after a restore",
        subject.name(archiver),
        subject.name(rule)
    );
    Some(
        subject
            .finding(&RULE, rule, message)
            .label("deletes untagged images")
            .and(subject.lifecycle.origins[archiver], "archives tagged images")
            .help("archive untagged images instead of deleting them, unless you build only single-platform images"),
    )
}
