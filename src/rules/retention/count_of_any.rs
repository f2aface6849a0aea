//! A count over all images, which takes tagged ones too.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, Clock, Selection, StorageClass, TagList, Tags};
use crate::platform::Repository;
use crate::platform::repositories::retention::Lifecycle;
use crate::rules::{Finding, Rule};
use crate::value::Count;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "count-of-any",
        severity: Severity::Warning,
        what: "A rule keeps a number of images whatever their tags, and no rule before it protects tagged ones.",
        why: "Every push counts: builds, scans, platform images and signatures push the image that is running out of the \
          newest N. An expired image cannot be pulled again when its pod moves to another node.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 10, of: any }] }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 30, of: release }, { keep: 10, of: any }] }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| facts.platform.repositories.iter().flat_map(findings).collect(),
};

fn findings(repository: &Repository) -> Vec<Finding> {
    let Some(lifecycle) = &repository.lifecycle else { return Vec::new() };
    let order = lifecycle.policy.by_priority();
    let bare = order.iter().enumerate().filter_map(|(i, &rule)| bare(lifecycle, rule, &order[..i]));
    bare.map(|found| found.at(lifecycle.path(&repository.key))).collect()
}

/// The finding about a rule that counts all images, if no rule before it counts tagged ones by themselves, or takes all
/// of them.
fn bare(lifecycle: &Lifecycle, rule: usize, before: &[usize]) -> Option<Finding> {
    let rules = &lifecycle.policy.rules;
    let Clock::CountMoreThan(count) = rules[rule].selection.clock else { return None };
    let every_tag = Tags::Tagged(TagList::every());
    let protects = |selection: &Selection| {
        let counts = matches!((&selection.tags, selection.clock), (Tags::Tagged(_), Clock::CountMoreThan(_)));
        let standard = selection.clock.storage_class() == StorageClass::Standard;
        standard && (counts || selection.tags.includes(&every_tag))
    };
    let counts_all = rules[rule].selection.tags == Tags::Any && count.get() < Count::MAX;
    if !counts_all || before.iter().any(|&other| protects(&rules[other].selection)) {
        return None;
    }
    let verb = match rules[rule].action {
        Action::Expire => "expires",
        Action::TransitionToArchive => "archives",
    };
    let message = format!("rule {} {verb} any image but the newest {count}, tagged or not", rules[rule].priority);
    Some(
        RULE.finding(lifecycle.origins[rule], message)
            .label("counts releases, builds and scans together")
            .help("put a rule before it that keeps what runs, for example `{ keep: 30, of: release }`"),
    )
}
