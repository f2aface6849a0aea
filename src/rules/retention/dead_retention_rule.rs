//! A rule of a lifecycle policy that can never act.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::Repository;
use crate::platform::repositories::retention::Lifecycle;
use crate::rules::{Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "dead-retention-rule",
        severity: Severity::Warning,
        what: "A rule of a retention sees only images that earlier rules have taken.",
        why: "An image belongs to the first rule whose tags it matches, whether that rule acts on it or not: a later rule for \
          the same images never does anything. This is proved from the patterns, for all images that can be: one earlier \
          rule sees all that this one sees, or one sees all tagged and another all untagged images.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"dev-{sha:8}\" }
repositories:
  shop:
    retention: [{ keep: 50, of: tagged }, { expire_after: 7d, of: build }]
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
    retention: [{ expire_after: 7d, of: build }, { keep: 50, of: tagged }]
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: false,
    },
    check: |facts| facts.platform.repositories.iter().flat_map(findings).collect(),
};

fn findings(repository: &Repository) -> Vec<Finding> {
    let Some(lifecycle) = &repository.lifecycle else { return Vec::new() };
    let dead = lifecycle.policy.by_priority().into_iter().filter_map(|rule| dead(lifecycle, rule));
    dead.map(|found| found.at(lifecycle.path(&repository.key))).collect()
}

/// The finding about a rule, if those before it leave it no image.
fn dead(lifecycle: &Lifecycle, rule: usize) -> Option<Finding> {
    let rules = &lifecycle.policy.rules;
    let takers = lifecycle.policy.precedence(rule).covered_by;
    // Equal lists are a constraint of the policy by itself.
    if takers.iter().any(|&taker| rules[taker].selection.tags == rules[rule].selection.tags) {
        return None;
    }
    let message = lifecycle.policy.never_acts(rule)?;
    let found = RULE.finding(lifecycle.origins[rule], message).label("takes no image");
    let found = takers.iter().fold(found, |found, &taker| {
        let seen = format!("rule {} sees {}", rules[taker].priority, rules[taker].selection.tags);
        found.and(lifecycle.origins[taker], seen)
    });
    Some(found.help("move it before them, or leave it out"))
}
