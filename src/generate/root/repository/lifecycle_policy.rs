//! A lifecycle policy as `jsonencode({ … })`.
//!
//! The provider's data source drops storage classes in some versions (provider issue 45866) and checks
//! nothing that matters, so the policy is written out.

use crate::lifecycle::{Action, Clock, Policy, Precedence, Rule, StorageClass, TagList, Tags};
use crate::platform::repositories::retention::Lifecycle;
use crate::terraform::{Expr, List, Object};

/// The policy; optional keys that say nothing are left out, because AWS refuses `null`.
///
/// What depends on the order of the rules is said where it does, so that nobody sorts them.
pub fn expression(lifecycle: &Lifecycle) -> Expr {
    let policy = &lifecycle.policy;
    let standings: Vec<Precedence> = (0..policy.rules.len()).map(|rule| policy.precedence(rule)).collect();
    let mut rules = List::new();
    if several_tags_matter(policy, &standings) {
        rules = rules.comment("An image with tags for several of these rules belongs to the first of them.");
    }
    for (rule, standing) in policy.rules.iter().zip(&standings) {
        if !standing.takers.is_empty() {
            rules = rules.comment(order(policy, rule, standing));
        }
        rules = rules.item(self::rule(rule));
    }
    Expr::call("jsonencode", [Object::new().entry("rules", rules.multiline())])
}

/// Whether two rules see tags that no single tag satisfies both of: an image with two tags still belongs to one rule.
fn several_tags_matter(policy: &Policy, standings: &[Precedence]) -> bool {
    let tagged: Vec<usize> =
        (0..policy.rules.len()).filter(|&i| matches!(policy.rules[i].selection.tags, Tags::Tagged(_))).collect();
    let class = |rule: usize| policy.rules[rule].selection.clock.storage_class();
    let apart = |a: usize, b: usize| {
        a != b && class(a) == class(b) && !standings[a].takers.contains(&b) && !standings[b].takers.contains(&a)
    };
    tagged.iter().any(|&a| tagged.iter().any(|&b| apart(a, b)))
}

/// What earlier rules keep from this one.
fn order(policy: &Policy, rule: &Rule, standing: &Precedence) -> String {
    let counted = if matches!(rule.selection.clock, Clock::CountMoreThan(_)) { ", but counted" } else { "" };
    let left = match standing.covered_by.is_empty() {
        true => format!("these images belong to earlier rules and are left alone here{counted}"),
        false => "every image belongs to earlier rules, so this one never acts".to_owned(),
    };
    let takers = standing.takers.iter().map(|&taker| &policy.rules[taker]);
    let lines = takers.map(|taker| format!("\nrule {}: {}", taker.priority, taker.selection.tags));
    format!("Order matters: {left}.{}", lines.collect::<String>())
}

fn rule(rule: &Rule) -> Object {
    let mut object = Object::new().entry("rulePriority", rule.priority.get());
    if let Some(description) = &rule.description {
        object = object.entry("description", description);
    }
    object.entry("selection", selection(rule)).entry("action", action(rule.action))
}

fn selection(rule: &Rule) -> Object {
    let mut object = Object::new();
    object = match &rule.selection.tags {
        Tags::Untagged => object.entry("tagStatus", "untagged"),
        Tags::Any => object.entry("tagStatus", "any"),
        Tags::Tagged(TagList::Patterns(patterns)) => {
            let patterns: List = patterns.iter().map(|pattern| pattern.as_str()).collect();
            object.entry("tagStatus", "tagged").entry("tagPatternList", patterns)
        }
        Tags::Tagged(TagList::Prefixes(prefixes)) => {
            let prefixes: List = prefixes.iter().map(|prefix| prefix.as_str()).collect();
            object.entry("tagStatus", "tagged").entry("tagPrefixList", prefixes)
        }
    };
    if rule.selection.clock.storage_class() == StorageClass::Archive {
        object = object.entry("storageClass", "archive");
    }
    let (kind, number) = match rule.selection.clock {
        Clock::CountMoreThan(count) => {
            return object.entry("countType", "imageCountMoreThan").entry("countNumber", count.get());
        }
        Clock::SincePushed { days } => ("sinceImagePushed", days),
        Clock::SincePulled { days } => ("sinceImagePulled", days),
        Clock::SinceTransitioned { days } => ("sinceImageTransitioned", days),
    };
    object.entry("countType", kind).entry("countUnit", "days").entry("countNumber", number.get())
}

fn action(action: Action) -> Object {
    match action {
        Action::Expire => Object::new().entry("type", "expire"),
        Action::TransitionToArchive => Object::new().entry("type", "transition").entry("targetStorageClass", "archive"),
    }
}
