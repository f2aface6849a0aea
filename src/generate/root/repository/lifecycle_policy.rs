//! A lifecycle policy as `jsonencode({ … })`.
//!
//! The provider's data source drops storage classes in some versions (provider issue 45866) and validates nothing
//! important, so the policy is written out in full.

use std::num::NonZeroU32;

use crate::generate::expression::variable_reference;
use crate::lifecycle::{Action, Criterion, Policy, Precedence, Rule, StorageClass, TagList, Tags};
use crate::platform::repositories::retention::Lifecycle;
use crate::source::Spanned;
use crate::terraform::{Expr, List, Object};
use crate::value::Identifier;

/// The policy. Optional keys without a value are left out, because AWS rejects `null`.
///
/// Comments mark the rules whose order matters, so that no one sorts them.
pub fn expression(lifecycle: &Lifecycle) -> Expr {
    let policy = &lifecycle.policy;
    let precedences: Vec<Precedence> = (0..policy.rules.len()).map(|rule| policy.precedence(rule)).collect();
    let mut rules = List::new();
    if several_tags_matter(policy, &precedences) {
        rules = rules.comment("If an image has tags that match several of these rules, the first of them decides.");
    }
    for (at, (rule, precedence)) in policy.rules.iter().zip(&precedences).enumerate() {
        if !precedence.takers.is_empty() {
            rules = rules.comment(order(policy, rule, precedence));
        }
        rules = rules.item(self::rule(rule, lifecycle.variables.get(&at)));
    }
    Expr::call("jsonencode", [Object::new().entry("rules", rules.multiline())])
}

/// Whether two tag rules have no tag in common that both match: an image with two tags still belongs to only one rule.
fn several_tags_matter(policy: &Policy, precedences: &[Precedence]) -> bool {
    let tagged: Vec<usize> =
        (0..policy.rules.len()).filter(|&i| matches!(policy.rules[i].selection.tags, Tags::Tagged(_))).collect();
    let class = |rule: usize| policy.rules[rule].selection.criterion.storage_class();
    let disjoint = |a: usize, b: usize| {
        a != b && class(a) == class(b) && !precedences[a].takers.contains(&b) && !precedences[b].takers.contains(&a)
    };
    tagged.iter().any(|&a| tagged.iter().any(|&b| disjoint(a, b)))
}

/// The comment about earlier rules that take images from this one.
fn order(policy: &Policy, rule: &Rule, precedence: &Precedence) -> String {
    let effect = if !precedence.covered_by.is_empty() {
        "these earlier rules match every image that this rule selects, so this rule never acts"
    } else if matches!(rule.selection.criterion, Criterion::CountMoreThan(_)) {
        "images matched by these earlier rules are counted here, but this rule does not act on them"
    } else {
        "this rule does not act on images matched by these earlier rules"
    };
    let takers = precedence.takers.iter().map(|&taker| &policy.rules[taker]);
    let lines = takers.map(|taker| format!("\nrule {}: {}", taker.priority, taker.selection.tags));
    format!("Order matters: {effect}.{}", lines.collect::<String>())
}

fn rule(rule: &Rule, variable: Option<&Spanned<Identifier>>) -> Object {
    let mut object = Object::new().entry("rulePriority", rule.priority.get());
    if let Some(description) = &rule.description {
        object = object.entry("description", description);
    }
    object.entry("selection", selection(rule, variable)).entry("action", action(rule.action))
}

fn selection(rule: &Rule, variable: Option<&Spanned<Identifier>>) -> Object {
    let number = |number: NonZeroU32| match variable {
        Some(variable) => variable_reference(variable.as_str()).into(),
        None => Expr::from(number.get()),
    };
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
    if rule.selection.criterion.storage_class() == StorageClass::Archive {
        object = object.entry("storageClass", "archive");
    }
    let (kind, days) = match rule.selection.criterion {
        Criterion::CountMoreThan(count) => {
            return object.entry("countType", "imageCountMoreThan").entry("countNumber", number(count));
        }
        Criterion::SincePushed { days } => ("sinceImagePushed", days),
        Criterion::SincePulled { days } => ("sinceImagePulled", days),
        Criterion::SinceTransitioned { days } => ("sinceImageTransitioned", days),
    };
    object.entry("countType", kind).entry("countUnit", "days").entry("countNumber", number(days))
}

fn action(action: Action) -> Object {
    match action {
        Action::Expire => Object::new().entry("type", "expire"),
        Action::TransitionToArchive => Object::new().entry("type", "transition").entry("targetStorageClass", "archive"),
    }
}
