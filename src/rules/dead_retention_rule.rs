//! A rule of a lifecycle policy that can never act.

use super::{Finding, Rule, finding};
use crate::diagnostic::Severity;
use crate::lifecycle::{self, Pattern, TagList, Tags};
use crate::platform::retention::Lifecycle;
use crate::platform::{Platform, Repository};

pub(super) const RULE: Rule = Rule {
    code: "dead-retention-rule",
    severity: Severity::Warning,
    what: "A rule of a retention sees only images that earlier rules have taken.",
    why: "An image belongs to the first rule whose tags it matches, whether that rule acts on it or not: a later rule for \
          the same images never does anything. This is proved from the patterns, for all images that can be.",
    bad: "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"dev-{sha:8}\" }
repositories:
  shop:
    retention: [{ keep: 50, of: tagged }, { expire_after: 7d, of: build }]
",
    good: "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"dev-{sha:8}\" }
repositories:
  shop:
    retention: [{ expire_after: 7d, of: build }, { keep: 50, of: tagged }]
",
    source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
    check: |platform: &Platform| platform.repositories.iter().flat_map(findings).collect(),
};

fn findings(repository: &Repository) -> Vec<Finding> {
    let lifecycles = repository.lifecycle.iter();
    let found = lifecycles.flat_map(|lifecycle| {
        let order = lifecycle.policy.by_priority();
        let dead = order.iter().enumerate().filter_map(|(i, &rule)| dead(lifecycle, rule, &order[..i]));
        dead.collect::<Vec<_>>()
    });
    found.map(|found| found.at(format!("repositories.{}.retention", repository.key))).collect()
}

/// The finding about a rule, if those before it leave it no image.
fn dead(lifecycle: &Lifecycle, rule: usize, before: &[usize]) -> Option<Finding> {
    let rules = &lifecycle.policy.rules;
    let of_class =
        |&&other: &&usize| rules[other].selection.clock.storage_class() == rules[rule].selection.clock.storage_class();
    let before: Vec<usize> = before.iter().filter(of_class).copied().collect();
    let tags = &rules[rule].selection.tags;
    let takers = match before.iter().find(|&&other| rules[other].selection.tags.includes(tags)) {
        // Equal lists are a constraint of the policy by itself.
        Some(&other) if rules[other].selection.tags == *tags => return None,
        Some(&other) => vec![other],
        None if *tags == Tags::Any => all(rules, &before)?,
        None => return None,
    };
    let number = |rule: usize| rules[rule].priority;
    let taken: Vec<String> = takers.iter().map(|&rule| format!("rule {}", number(rule))).collect();
    let message = format!("rule {} never acts: every image it sees belongs to {}", number(rule), taken.join(" and "));
    let found = finding(lifecycle.origins[rule], message).label("takes no image");
    let found = takers.iter().fold(found, |found, &taker| {
        let seen = format!("rule {} sees {}", number(taker), words(&rules[taker].selection.tags));
        found.and(lifecycle.origins[taker], seen)
    });
    Some(found.help("move it before them, or leave it out"))
}

/// The two rules that together see all images: of all tagged ones, and of untagged ones.
fn all(rules: &[lifecycle::Rule], before: &[usize]) -> Option<Vec<usize>> {
    let every_tag = Tags::Tagged(TagList::Patterns(vec![Pattern::new("*").expect("one wildcard")]));
    let first = |tags: &Tags| before.iter().copied().find(|&rule| rules[rule].selection.tags.includes(tags));
    Some(vec![first(&every_tag)?, first(&Tags::Untagged)?])
}

fn words(tags: &Tags) -> String {
    let quoted = |texts: Vec<&str>| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(" and ");
    match tags {
        Tags::Any => "all images".into(),
        Tags::Untagged => "untagged images".into(),
        Tags::Tagged(TagList::Patterns(list)) => format!("tags {}", quoted(list.iter().map(Pattern::as_str).collect())),
        Tags::Tagged(TagList::Prefixes(list)) => {
            format!("tags that begin with {}", quoted(list.iter().map(lifecycle::Prefix::as_str).collect()))
        }
    }
}
