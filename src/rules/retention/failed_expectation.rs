//! A retention that does not meet an expectation of the spec.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::Policy;
use crate::platform::Repository;
use crate::platform::claims::expectation::Expectation;
use crate::rules::{Facts, Finding, Rule};
use crate::simulation::History;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "failed-expectation",
        severity: Severity::Error,
        what: "A retention does not meet an expectation in `expect`.",
        why: "Expired images cannot be recovered. An expectation states which images must be kept, and ecrgen tests it on every \
          run with the evaluation that AWS documents.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"{sha:8}-{timestamp}\" }
repositories: { shop: { retention: [{ keep: 10, of: build }] } }
expect:
  a week of builds stays: { repository: shop, pushes: { build: 5/day }, for: 7d, kept: 35 }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
image_tags: { build: \"{sha:8}-{timestamp}\" }
repositories: { shop: { retention: [{ keep: 50, of: build }] } }
expect:
  a week of builds stays: { repository: shop, pushes: { build: 5/day }, for: 7d, kept: 35 }
",
        ),
        source: "ECR user guide, \"Automate the cleanup of images by using lifecycle policies\"",
        is_claim: true,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let findings = platform.expectations.iter().filter_map(|expectation| {
        let repository = platform.repository(&expectation.repository)?;
        Some(failures(expectation, repository, &platform.scope.environment))
    });
    findings.flatten().collect()
}

fn failures(expectation: &Expectation, repository: &Repository, environment: &str) -> Vec<Finding> {
    let path = format!("expect.{}", expectation.sentence);
    let nothing = Policy { rules: Vec::new() };
    let policy = repository.lifecycle.as_ref().map_or(&nothing, |lifecycle| &lifecycle.policy);
    let history = match expectation.scenario.run(policy, &repository.services, environment) {
        Ok(history) => history,
        Err(fault) => return vec![RULE.finding(expectation.span, fault).at(path)],
    };
    let missed = expectation.expected.iter().filter_map(|(expected, span)| Some((expected.missed(&history)?, *span)));
    let found = missed.map(|(instead, span)| {
        let found = RULE.finding(span, format!("\"{}\" does not hold: {instead}", expectation.sentence));
        let found = repository.lifecycle.iter().fold(found, |found, lifecycle| {
            let rule = busiest_rule(&history)
                .and_then(|rule| lifecycle.policy.rules.iter().position(|other| other.priority.get() == rule));
            match rule {
                Some(rule) => found.and(lifecycle.origins[rule], "this rule expires the most images"),
                None => found.and(lifecycle.span, "this retention expires no images"),
            }
        });
        found.help("change the retention or the expectation").at(&path)
    });
    found.collect()
}

/// Returns the priority of the rule that expired the most images, if any rule expired one.
fn busiest_rule(history: &History) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    history.expired.iter().flatten().for_each(|(_, rule)| *counts.entry(*rule).or_default() += 1);
    counts.into_iter().max_by_key(|(rule, count)| (*count, std::cmp::Reverse(*rule))).map(|(rule, _)| rule)
}
