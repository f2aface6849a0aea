//! A rule by age that does not get some of its images because an earlier count keeps them.

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Criterion, Tags};
use crate::platform::Repository;
use crate::platform::repositories::retention::Lifecycle;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
    name: "shadowed-retention-rule",
    severity: Severity::Note,
    what: "A rule in `lifecycle_policy` acts by age, but an earlier rule that keeps a number of images matches some of its images.",
    why: "The earlier rule keeps its newest images, however old they are and whatever this rule does. That is normal if one \
          of the two rules matches everything that the other matches: the special case first, then the rest. If the \
          patterns only overlap, it is rarely intended. The tag in the message matches both rules. In a `retention`, \
          `class-wider-in-aws` checks what classes share, because it knows more about their tags.",
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
    check: |facts| facts.platform.all_repositories().flat_map(findings).collect(),
};

fn findings(repository: &Repository) -> Vec<Finding> {
    let raw = repository.lifecycle.as_ref().filter(|lifecycle| lifecycle.written.is_empty());
    let Some(lifecycle) = raw else { return Vec::new() };
    let shadowed = (0..lifecycle.policy.rules.len()).filter_map(|rule| shadowed(lifecycle, rule));
    shadowed.map(|found| found.at(lifecycle.path(repository))).collect()
}

/// Returns a finding about a rule by age if an earlier count matches some of its images.
fn shadowed(lifecycle: &Lifecycle, index: usize) -> Option<Finding> {
    let rules = &lifecycle.policy.rules;
    let rule = &rules[index];
    if matches!(rule.selection.criterion, Criterion::CountMoreThan(_)) {
        return None;
    }
    let (earlier, tag) = lifecycle.policy.precedence(index).takers.into_iter().find_map(|other| {
        let (Tags::Tagged(mine), Tags::Tagged(theirs)) = (&rule.selection.tags, &rules[other].selection.tags) else {
            return None;
        };
        let overlap = !mine.includes(theirs) && !theirs.includes(mine);
        let counts = matches!(rules[other].selection.criterion, Criterion::CountMoreThan(_));
        let tag = mine.common_tag(theirs).filter(|_| overlap && counts)?;
        Some((other, tag))
    })?;
    let message = format!(
        "rule {} never acts on the images that rule {} keeps, however old they are (for example tag `{tag}`)",
        rule.priority, rules[earlier].priority
    );
    let matched = |index: usize| format!("matches {}", rules[index].selection.tags);
    Some(
        RULE.finding(lifecycle.origins[index], message)
            .label(matched(index))
            .and(lifecycle.origins[earlier], matched(earlier))
            .help("give this rule the lowest `rulePriority`, or change the patterns so that they don't overlap"),
    )
}
