//! A rule by age that an earlier count keeps images from.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Criterion, Tags};
use crate::platform::Repository;
use crate::platform::repositories::retention::Lifecycle;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
    name: "shadowed-retention-rule",
    severity: Severity::Note,
    what: "A rule of a lifecycle_policy acts by age, and an earlier rule that keeps a number of images has some of those.",
    why: "The newest images of the earlier rule stay, however old they are and whatever this rule says. That is the usual \
          way where one of the two sees all that the other sees: first what is special, then the rest. Where neither \
          does, both being found from the patterns, it is seldom meant; the tag in the message matches both. What classes \
          of a `retention` share is judged by `class-wider-in-aws`, which knows more about their tags.",
    bad: Example::Spec("
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    lifecycle_policy:
      rules:
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPatternList: [\"*-v*\"], countType: imageCountMoreThan, countNumber: 5 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
    good: Example::Spec("
platform: shop
environment: shared
region: eu-central-1
repositories:
  shop:
    lifecycle_policy:
      rules:
        - rulePriority: 1
          selection: { tagStatus: tagged, tagPrefixList: [release-v], countType: imageCountMoreThan, countNumber: 5 }
          action: { type: expire }
        - rulePriority: 2
          selection: { tagStatus: tagged, tagPrefixList: [dev-], countType: sinceImagePushed, countUnit: days, countNumber: 7 }
          action: { type: expire }
"),
    source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| facts.platform.repositories.iter().flat_map(findings).collect(),
};

fn findings(repository: &Repository) -> Vec<Finding> {
    let raw = repository.lifecycle.as_ref().filter(|lifecycle| lifecycle.written.is_empty());
    let Some(lifecycle) = raw else { return Vec::new() };
    let shadowed = (0..lifecycle.policy.rules.len()).filter_map(|rule| shadowed(lifecycle, rule));
    shadowed.map(|found| found.at(lifecycle.path(&repository.key))).collect()
}

/// The finding about a rule by age, if a count before it has some of its images.
fn shadowed(lifecycle: &Lifecycle, index: usize) -> Option<Finding> {
    let rules = &lifecycle.policy.rules;
    let rule = &rules[index];
    if matches!(rule.selection.criterion, Criterion::CountMoreThan(_)) {
        return None;
    }
    let (earlier, tag) = lifecycle.policy.precedence(index).takers.into_iter().find_map(|taker| {
        let (Tags::Tagged(mine), Tags::Tagged(theirs)) = (&rule.selection.tags, &rules[taker].selection.tags) else {
            return None;
        };
        let apart = !mine.includes(theirs) && !theirs.includes(mine);
        let counts = matches!(rules[taker].selection.criterion, Criterion::CountMoreThan(_));
        let tag = mine.common_tag(theirs).filter(|_| apart && counts)?;
        Some((taker, tag))
    })?;
    let message = format!(
        "rule {} leaves images to rule {}, whose newest stay at any age, for example with the tag {tag}",
        rule.priority, rules[earlier].priority
    );
    let seen = |index: usize| format!("sees {}", rules[index].selection.tags);
    Some(
        RULE.finding(lifecycle.origins[index], message)
            .label(seen(index))
            .and(lifecycle.origins[earlier], seen(earlier))
            .help("put it first, or make the patterns of the two exclude each other"),
    )
}
