//! A lifecycle policy as `jsonencode({ … })`.
//!
//! The provider's data source drops storage classes in some versions (provider issue 45866) and checks
//! nothing that matters, so the policy is written out.

use crate::lifecycle::{Action, Clock, Rule, StorageClass, TagList, Tags};
use crate::platform::retention::Lifecycle;
use crate::terraform::{Expr, List, Object};

/// The policy; optional keys that say nothing are left out, because AWS refuses `null`.
pub fn expression(lifecycle: &Lifecycle) -> Expr {
    let mut rules = List::new();
    if lifecycle.policy.rules.len() > 1 {
        rules = rules.comment(
            "In this order: an image belongs to the first rule whose tags it matches, and the rules after\nit leave it alone, even if the first one keeps it.",
        );
    }
    for rule in &lifecycle.policy.rules {
        rules = rules.item(self::rule(rule));
    }
    Expr::call("jsonencode", [Object::new().entry("rules", rules.multiline())])
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
