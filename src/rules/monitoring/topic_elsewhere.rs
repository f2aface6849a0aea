//! A topic that EventBridge rules and CloudWatch alarms cannot send to, because of its account, region or partition.

use crate::diagnostic::{Code, Example, Severity};
use crate::iam::Arn;
use crate::policies::bindings::partition;
use crate::rules::{Facts, Finding, Rule};
use crate::value::OrCreate;

pub(super) static RULE: Rule = Rule {
    code: Code {
        name: "topic-elsewhere",
        severity: Severity::Error,
        what: "An alert is sent to an SNS topic of another account, region or partition.",
        why: "The targets of an EventBridge rule must be in the region of the rule. ECR sends events in the region of the registry. An \
              alarm of CloudWatch is in the region of its metric, and so must its topic be. A target in another account needs a role that EventBridge assumes, which ecrgen does not create.",
        bad: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repositories: { shop: {} }
monitoring:
  alerts: { deletes: { events: [delete], sns: \"arn:aws:sns:eu-west-1:123456789012:alerts\" } }
",
        ),
        good: Example::Spec(
            "
platform: shop
environment: prod
region: eu-central-1
repositories: { shop: {} }
monitoring:
  alerts: { deletes: { events: [delete], sns: \"arn:aws:sns:eu-central-1:123456789012:alerts\" } }
",
        ),
        source: "EventBridge user guide, \"Event bus targets in Amazon EventBridge\", \"Cross-account delivery to AWS services\"",
        is_claim: false,
    },
    check,
};

fn check(Facts { platform, .. }: &Facts) -> Vec<Finding> {
    let (ours, _) = partition(&platform.region);
    let alerts = platform.monitoring.alerts.iter().filter_map(|alert| {
        let OrCreate::Existing(topic) = &alert.topic.value else { return None };
        let Arn { partition, region, account, .. } = topic.written()?.as_str().parse().ok()?;
        let own = platform.scope.account.as_deref().unwrap_or(&account);
        let (what, theirs, ours) = match (partition == ours, region == platform.region) {
            (true, true) if account == own => return None,
            (true, true) => ("account", &account, own),
            (false, _) => ("partition", &partition, ours),
            (true, false) => ("region", &region, &*platform.region),
        };
        let message = format!("this SNS topic is in the {what} {theirs}, but the registry is in {ours}");
        let finding = RULE.finding(alert.topic.span, message);
        let help = match what {
            "account" => format!(
                "write the ARN of a topic in account {ours}, or `create`, and let what account {theirs} has subscribe to it"
            ),
            _ => format!("write the ARN of a topic in {}, or `create`", platform.region),
        };
        Some(finding.help(help).at(format!("monitoring.alerts.{}.sns", alert.name)))
    });
    alerts.collect()
}
