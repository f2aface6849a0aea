//! What the lifecycle policies of a platform do to images, in the words of its README.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use crate::lifecycle::{Action, Criterion, Rule, Selection, Tags};
use crate::platform::Platform;
use crate::platform::repositories::retention::Lifecycle;
use crate::prose::{NAMED, count, few};
use crate::value::Count;

/// What happens to the images of repositories with the same lifecycle policy.
pub struct Retention {
    /// The repositories, by key.
    pub repositories: String,
    /// The rules, in the order in which ECR applies them. Empty without a policy.
    pub rules: Vec<RuleInWords>,
}

/// A lifecycle rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleInWords {
    /// Its `rulePriority`.
    pub priority: NonZeroU32,
    /// The images that it matches.
    pub images: String,
    /// What it does to those that no rule before it matches.
    pub effect: String,
}

/// The retention of all repositories. Those with equal policies are together.
pub fn retentions(platform: &Platform) -> Vec<Retention> {
    let mut repositories: BTreeMap<Vec<RuleInWords>, Vec<&str>> = BTreeMap::new();
    for repository in &platform.repositories {
        let rules = repository.lifecycle.as_ref().map(rules).unwrap_or_default();
        repositories.entry(rules).or_default().push(&repository.key);
    }
    let mut retentions: Vec<(Vec<RuleInWords>, Vec<&str>)> = repositories.into_iter().collect();
    retentions.sort_by_key(|(_, keys)| keys[0]);
    let retention = |(rules, keys): (_, Vec<&str>)| Retention { repositories: few(keys.into_iter(), NAMED), rules };
    retentions.into_iter().map(retention).collect()
}

fn rules(lifecycle: &Lifecycle) -> Vec<RuleInWords> {
    let number = |at: usize, number: NonZeroU32| match lifecycle.variables.get(&at) {
        Some(variable) => format!("var.{} (default {number})", variable.as_str()),
        None => number.to_string(),
    };
    let rule = |at: usize| {
        let rule = &lifecycle.policy.rules[at];
        let effect = effect(rule, &|n| number(at, n));
        RuleInWords { priority: rule.priority, images: images(&rule.selection), effect }
    };
    lifecycle.policy.by_priority().into_iter().map(rule).collect()
}

/// The images that a rule matches, without those of the rules before it.
fn images(Selection { tags, criterion }: &Selection) -> String {
    let images = match tags {
        Tags::Any => "all images".to_owned(),
        Tags::Untagged => "images without a tag".to_owned(),
        tagged => tagged.to_string().replace('`', ""),
    };
    match criterion {
        Criterion::SinceTransitioned { .. } => format!("{images}, in the archive"),
        _ => images,
    }
}

fn effect(rule: &Rule, number: &dyn Fn(NonZeroU32) -> String) -> String {
    let verb = match rule.action {
        Action::Expire => "deleted",
        Action::TransitionToArchive => "archived",
    };
    let after = |days: NonZeroU32, what: &str| {
        let days = match number(days) {
            plain if plain == days.to_string() => count(days.get() as usize, "day"),
            variable => format!("{variable} days"),
        };
        format!("{verb} {days} after {what}")
    };
    match rule.selection.criterion {
        Criterion::CountMoreThan(most) if most.get() == Count::ALL => "all are kept".to_owned(),
        Criterion::CountMoreThan(most) => format!("the newest {} are kept, older ones are {verb}", number(most)),
        Criterion::SincePushed { days } => after(days, "the push"),
        Criterion::SincePulled { days } => after(days, "the last pull"),
        Criterion::SinceTransitioned { days } => after(days, "they were archived"),
    }
}
