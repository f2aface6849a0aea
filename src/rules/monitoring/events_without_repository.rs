//! Events of repositories that the spec does not have.

use super::long_rule_name::place;
use crate::diagnostic::{Code, Example, Severity};
use crate::platform::event_filter::{By, watched};
use crate::platform::monitoring::event_rules::event_rules;
use crate::rules::{Facts, Finding, Rule};

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "events-without-repository",
        severity: Severity::Error,
        what: "The spec has an event log or an alert for events, but no repositories that could have events.",
        why: "An EventBridge rule selects the events by the names of the repositories. AWS rejects a rule with an empty list of names. \
              With `registry`, the spec is about the whole registry, and the rule matches the events of all its repositories.",
        bad: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
monitoring: { event_log: { events: [push] } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: shared
region: eu-central-1
repositories: { shop: {} }
monitoring: { event_log: { events: [push] } }
",
        ),
        source: "EventBridge user guide, \"Amazon EventBridge event patterns\"",
        is_claim: false,
    },
    check,
};

fn check(facts: &Facts) -> Vec<Finding> {
    let platform = facts.platform;
    let rules = event_rules(platform);
    let Some(rule) = rules.first() else { return Vec::new() };
    if watched(platform, By::Name).is_some() || !facts.know(&["repositories", "repository_templates", "registry"]) {
        return Vec::new();
    }
    let (span, path) = place(rule.receivers[0]);
    let finding = RULE.finding(span, "there are no repositories that could have these events");
    vec![finding.help("add `repositories`, or `registry: {}` to get the events of the whole registry").at(path)]
}
