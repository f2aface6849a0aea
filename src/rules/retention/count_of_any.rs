//! A count over all images, which includes tagged ones.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, Criterion, Selection, StorageClass, TagList, Tags};
use crate::platform::Repository;
use crate::platform::repositories::retention::Lifecycle;
use crate::rules::{Finding, Rule};
use crate::value::Count;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "count-of-any",
        severity: Severity::Warning,
        what: "A rule keeps a number of images whatever their tags, and no earlier rule protects tagged images.",
        why: "Every push counts, so builds, scans, platform images and signatures push the running image out of the newest N. \
          An expired image cannot be pulled again when its pod moves to another node.",
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
    let unprotected = order.iter().enumerate().filter_map(|(i, &rule)| unprotected(lifecycle, rule, &order[..i]));
    unprotected.map(|found| found.at(lifecycle.path(&repository.key))).collect()
}

/// Returns a finding about a rule that counts all images, unless an earlier rule counts tagged images separately or
/// matches all of them.
fn unprotected(lifecycle: &Lifecycle, rule: usize, earlier: &[usize]) -> Option<Finding> {
    let rules = &lifecycle.policy.rules;
    let Criterion::CountMoreThan(count) = rules[rule].selection.criterion else { return None };
    let every_tag = Tags::Tagged(TagList::every());
    let protects = |selection: &Selection| {
        let counts = matches!((&selection.tags, selection.criterion), (Tags::Tagged(_), Criterion::CountMoreThan(_)));
        let standard = selection.criterion.storage_class() == StorageClass::Standard;
        standard && (counts || selection.tags.includes(&every_tag))
    };
    let counts_all = rules[rule].selection.tags == Tags::Any && count.get() < Count::MAX;
    if !counts_all || earlier.iter().any(|&other| protects(&rules[other].selection)) {
        return None;
    }
    let verb = match rules[rule].action {
        Action::Expire => "expires",
        Action::TransitionToArchive => "archives",
    };
    let newest = match count.get() {
        1 => "newest image".to_owned(),
        count => format!("newest {count} images"),
    };
    let message = format!("rule {} {verb} all but the {newest}, tagged or not", rules[rule].priority);
    Some(
        RULE.finding(lifecycle.origins[rule], message)
            .label("counts all images together")
            .help("add an earlier rule that keeps the images you run, for example `{ keep: 30, of: release }`"),
    )
}
