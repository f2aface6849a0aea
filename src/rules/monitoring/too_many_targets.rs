//! An event with more receivers than an EventBridge rule can have.

use super::long_rule_name::place;
use crate::diagnostic::{Code, Example, Severity};
use crate::platform::monitoring::event_rules::event_rules;
use crate::rules::{Facts, Finding, Rule};

/// Targets of a rule, a quota that cannot be raised.
const MOST: usize = 5;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "too-many-targets",
        severity: Severity::Error,
        what: "More than five alerts, or the event log and more than four alerts, are for the same event.",
        why: "ecrgen creates one EventBridge rule per event, and a rule can have at most five targets.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repositories: { shop: {} }
monitoring:
  event_log: { events: [delete] }
  alerts:
    a: { events: [delete], sns: create }
    b: { events: [delete], sns: create }
    c: { events: [delete], sns: create }
    d: { events: [delete], sns: create }
    e: { events: [delete], sns: create }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repositories: { shop: {} }
monitoring:
  event_log: { events: [delete] }
  alerts:
    all: { events: [delete], sns: create, emails: [a@example.com, b@example.com, c@example.com, d@example.com, e@example.com] }
",
        ),
        source: "EventBridge user guide, \"Amazon EventBridge quotas\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let rules = event_rules(platform).into_iter().filter_map(|rule| {
        let (span, path) = place(*rule.receivers.get(MOST)?);
        let message = format!(
            "the event `{}` has {} receivers, but an EventBridge rule can have {MOST}",
            rule.signal.name(),
            rule.receivers.len()
        );
        Some(RULE.finding(span, message).help("write the addresses of several alerts under `emails` of one").at(path))
    });
    rules.collect()
}
