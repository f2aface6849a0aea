//! A lifecycle rule that can never act.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Repository;
use crate::platform::repositories::retention::Lifecycle;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "dead-retention-rule",
        severity: Severity::Warning,
        what: "A lifecycle rule never acts, because earlier rules match all of its images.",
        why: "An image belongs to the first rule whose tags it matches, whether that rule acts on it or not. A later rule for \
          the same images never does anything. ecrgen proves this from the patterns, for every possible image: one \
          earlier rule matches everything that this one matches, or one matches all tagged images and another all \
          untagged images.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"dev-{sha:8}\" }
repositories:
  shop:
    retention: [{ keep: 50, of: tagged }, { keep: 10, of: build }]
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"dev-{sha:8}\" }
repositories:
  shop:
    retention: [{ keep: 10, of: build }, { keep: 50, of: tagged }]
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
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
    let dead = lifecycle.policy.by_priority().into_iter().filter_map(|rule| dead(lifecycle, rule));
    dead.map(|found| found.at(lifecycle.path(repository))).collect()
}

/// Returns a finding about a rule if earlier rules match all of its images.
fn dead(lifecycle: &Lifecycle, rule: usize) -> Option<Finding> {
    let rules = &lifecycle.policy.rules;
    let earlier = lifecycle.policy.precedence(rule).covered_by;
    // A separate constraint on the policy covers equal lists.
    if earlier.iter().any(|&other| rules[other].selection.tags == rules[rule].selection.tags) {
        return None;
    }
    let message = lifecycle.policy.never_acts(rule)?;
    let found = RULE.finding(lifecycle.origins[rule], message).label("never acts");
    let found = earlier.iter().fold(found, |found, &other| {
        let matched = format!("rule {} matches {}", rules[other].priority, rules[other].selection.tags);
        found.and(lifecycle.origins[other], matched)
    });
    Some(found.help("move it before the rules that match its images, or remove it"))
}
