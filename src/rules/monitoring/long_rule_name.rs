//! An EventBridge rule whose name is too long.

use crate::diagnostic::{Code, Example, Severity};
use crate::platform::monitoring::event_rules::{Receiver, event_rules};
use crate::rules::{Facts, Rule};
use crate::source::Span;

/// Characters of the name of a rule (EventBridge API reference, PutRule, `Name`).
const MOST: usize = 64;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "long-rule-name",
        severity: Severity::Error,
        what: "The EventBridge rule of an event would have a name that is too long.",
        why: "The name consists of the platform, the environment, `ecr` and the event. EventBridge allows at most 64 characters.",
        bad: Example::Spec(
            "
platform: international-online-shop
environment: integration-testing
region: eu-central-1
repositories: { shop: {} }
monitoring: { event_log: { events: [critical-finding] } }
",
        ),
        good: Example::Spec(
            "
platform: online-shop
environment: integration-testing
region: eu-central-1
repositories: { shop: {} }
monitoring: { event_log: { events: [critical-finding] } }
",
        ),
        source: "EventBridge API reference, PutRule, `Name`",
        is_claim: false,
    },
    check: |Facts { platform, .. }| {
        let rules = event_rules(platform).into_iter().filter_map(|rule| {
            let name = rule.signal.rule_name(platform);
            let (span, path) = place(rule.receivers[0]);
            let message = format!(
                "the name of the EventBridge rule `{name}` has {} characters, but EventBridge allows {MOST}",
                name.len()
            );
            let finding = RULE.finding(span, message).help("shorten `platform` or `environment`");
            (name.len() > MOST).then(|| finding.at(path))
        });
        rules.collect()
    },
};

/// The place in the spec and the path of what receives events.
pub(super) fn place(receiver: Receiver) -> (Span, String) {
    match receiver {
        Receiver::Log(log) => (log.span, "monitoring.event_log".to_owned()),
        Receiver::Topic(alert) => (alert.span, format!("monitoring.alerts.{}", alert.name)),
    }
}
