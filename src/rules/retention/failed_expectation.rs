//! A retention that does not meet an expectation of the spec.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, Criterion, Policy, Rule};
use crate::platform::Repository;
use crate::platform::claims::expectation::Expectation;
use crate::platform::repositories::retention::Lifecycle;
use crate::rules::{self, Facts, Finding};
use crate::simulation::{Expected, History, Miss};
use crate::source::Span;

pub(super) static RULE: rules::Rule = rules::Rule {
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
    let missed = expectation.expected.iter();
    let missed = missed.filter_map(|(expected, span)| Some((expected.missed(&history)?, *span, expected)));
    let found = missed.map(|(instead, span, expected)| {
        let found = RULE.finding(span, format!("\"{}\" does not hold: {instead}", expectation.sentence));
        let found = repository.lifecycle.iter().fold(found, |found, lifecycle| {
            let rule = busiest_rule(&history)
                .and_then(|rule| lifecycle.policy.rules.iter().position(|other| other.priority.get() == rule));
            match rule {
                Some(rule) => found.and(lifecycle.origins[rule], "this rule expires the most images"),
                None => found.and(lifecycle.span, "this retention expires no images"),
            }
        });
        found.help(fix(expectation, expected, policy, repository, environment)).at(&path)
    });
    found.collect()
}

/// Returns the priority of the rule that expired the most images, if any rule expired one.
fn busiest_rule(history: &History) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    history.expired.iter().flatten().for_each(|(_, rule)| *counts.entry(*rule).or_default() += 1);
    counts.into_iter().max_by_key(|(rule, count)| (*count, std::cmp::Reverse(*rule))).map(|(rule, _)| rule)
}

/// What to change: the expectation, and the retention if changing one number in it is enough.
fn fix(
    expectation: &Expectation,
    expected: &Expected,
    policy: &Policy,
    repository: &Repository,
    environment: &str,
) -> String {
    let meets = |policy: &Policy| {
        let history = expectation.scenario.run(policy, &repository.services, environment);
        history.is_ok_and(|history| expected.missed(&history).is_none())
    };
    let Ok(history) = expectation.scenario.run(policy, &repository.services, environment) else {
        return "change the retention or the expectation".to_owned();
    };
    let Some(found) = expected.missed(&history) else { return String::new() };
    let accept = match &found {
        Miss::Is { found, .. } => format!("write `is: {found}`"),
        Miss::Kept { found, .. } => format!("write `kept: {}`", found.left()),
        Miss::Saved { found, .. } => format!("write `saved: {found}%`"),
    };
    let wanted = match found {
        Miss::Kept { expected, .. } => u32::try_from(expected).ok(),
        Miss::Is { .. } => Some(expectation.scenario.days),
        Miss::Saved { .. } => None,
    };
    let enough = wanted.zip(repository.lifecycle.as_ref()).and_then(|(wanted, lifecycle)| {
        let numbers: Vec<NonZeroU32> = [wanted, wanted.saturating_add(1), wanted.saturating_sub(1)]
            .into_iter()
            .filter_map(NonZeroU32::new)
            .collect();
        lifecycle.policy.rules.iter().zip(&lifecycle.origins).find_map(|(rule, origin)| {
            let (key, unit, now) = number_of(rule, lifecycle.written.is_empty())?;
            let fits = numbers.iter().find(|number| meets(&with_number(lifecycle, *origin, **number)))?;
            Some(format!("`{key}: {fits}{unit}` instead of `{key}: {now}{unit}`"))
        })
    });
    match enough {
        Some(number) => format!("write {number} in the retention, or, if the retention is right, {accept}"),
        None => format!("change the retention or, if it is right, {accept}"),
    }
}

/// The policy with another number in the rules that come from this place.
fn with_number(lifecycle: &Lifecycle, origin: Span, number: NonZeroU32) -> Policy {
    let mut policy = lifecycle.policy.clone();
    for (rule, _) in policy.rules.iter_mut().zip(&lifecycle.origins).filter(|(_, other)| **other == origin) {
        rule.selection.criterion = rule.selection.criterion.with_number(number);
    }
    policy
}

/// The key of the spec that a rule comes from, the unit, and the number.
fn number_of(rule: &Rule, is_raw: bool) -> Option<(&'static str, &'static str, NonZeroU32)> {
    match (rule.selection.criterion, rule.action) {
        (Criterion::CountMoreThan(number) | Criterion::SincePushed { days: number }, _) if is_raw => {
            Some(("countNumber", "", number))
        }
        (Criterion::CountMoreThan(count), _) => Some(("keep", "", count)),
        (Criterion::SincePushed { days }, Action::Expire) => Some(("expire_after", "d", days)),
        (Criterion::SincePushed { days }, _) => Some(("archive_after", "d", days)),
        _ => None,
    }
}
