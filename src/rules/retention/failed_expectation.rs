//! A retention that does not meet an expectation of the spec.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::inherited;
use crate::diagnostic::{Code, Example, Severity};
use crate::lifecycle::{Action, Criterion, Image, Outcome, Policy, Rule, Storage, evaluate};
use crate::platform::claims::expectation::Expectation;
use crate::platform::repositories::retention::Lifecycle;
use crate::platform::{Platform, Repository};
use crate::prose::count;
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
        let repository = platform.repository_or_created(&expectation.repository)?;
        Some(failures(expectation, repository, platform))
    });
    findings.flatten().collect()
}

fn failures(expectation: &Expectation, repository: &Repository, platform: &Platform) -> Vec<Finding> {
    let environment = platform.scope.environment.as_str();
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
        let (place, label) = match &repository.lifecycle {
            Some(lifecycle) => decided(&history, &instead, lifecycle),
            None => (repository.span, "this repository has no retention rules".to_owned()),
        };
        let found = found.and(place, label);
        let fix = fix(expectation, expected, policy, repository, environment);
        let note = inherited::note(platform, &[&repository.key]);
        let help = note.map_or_else(|| fix.clone(), |note| format!("{fix}\n{note}"));
        found.help(help).at(&path)
    });
    found.collect()
}

/// The rule that decided, or the place of the rules if none matches, with what it did.
fn decided(history: &History, missed: &Miss, lifecycle: &Lifecycle) -> (Span, String) {
    let with_priority = |priority: u32| {
        let rule = lifecycle.policy.rules.iter().position(|rule| rule.priority.get() == priority);
        rule.map_or(lifecycle.span, |rule| lifecycle.origins[rule])
    };
    let too_many = match missed {
        Miss::Is { found, .. } => {
            if let Some((_, priority)) = history.expired.first().copied().flatten() {
                return (with_priority(priority), "this rule expires the image".to_owned());
            }
            return match (owners(history, &lifecycle.policy).into_keys().next().flatten(), found) {
                (Some(rule), Outcome::Archived) => (lifecycle.origins[rule], "this rule archives the image".to_owned()),
                (Some(rule), _) => {
                    (lifecycle.origins[rule], "this rule decides about the image, and keeps it".to_owned())
                }
                (None, _) => (lifecycle.span, "none of these rules matches the image".to_owned()),
            };
        }
        Miss::Kept { found, expected } => found.left() > *expected,
        Miss::Saved { found, expected } => {
            let share = |text: &str| text.trim_end_matches('%').parse().unwrap_or(0.0_f64);
            share(found) < share(expected)
        }
    };
    let left = count(history.last().left(), "image");
    match (too_many, busiest_rule(history), most(owners(history, &lifecycle.policy))) {
        (true, _, Some((Some(rule), images))) => {
            (lifecycle.origins[rule], format!("this rule decides about {images} of the {left} that are left"))
        }
        (true, _, Some((None, images))) => {
            (lifecycle.span, format!("none of these rules matches {images} of the {left} that are left"))
        }
        (false, Some(priority), _) => (with_priority(priority), "this rule expires the most images".to_owned()),
        _ => (lifecycle.span, "these rules expire no images".to_owned()),
    }
}

/// The rules to which the images belong that are left at the end, with the number of their images.
fn owners(history: &History, policy: &Policy) -> BTreeMap<Option<usize>, usize> {
    // A rule for the standard storage class has archived what is in the archive.
    let standard = |image: &Image| Image { storage: Storage::Standard { activated_at: None }, ..image.clone() };
    let left = history.images.iter().zip(&history.expired).filter(|(_, expired)| expired.is_none());
    let left: Vec<Image> = left.map(|(image, _)| standard(image)).collect();
    let mut owners = BTreeMap::new();
    for verdict in evaluate(policy, &left, history.last().time) {
        *owners.entry(verdict.claimed_by).or_default() += 1;
    }
    owners
}

/// The key with the highest number. Of several, the first.
fn most<K: Ord>(counts: BTreeMap<K, usize>) -> Option<(K, usize)> {
    counts.into_iter().rev().max_by_key(|(_, count)| *count)
}

/// Returns the priority of the rule that expired the most images, if any rule expired one.
fn busiest_rule(history: &History) -> Option<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    history.expired.iter().flatten().for_each(|(_, rule)| *counts.entry(*rule).or_default() += 1);
    most(counts).map(|(rule, _)| rule)
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
