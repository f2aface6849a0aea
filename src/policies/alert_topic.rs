//! The policies of the SNS topics that ecrgen creates for alerts, and of the KMS key that encrypts them.

use std::collections::BTreeSet;

use super::{arns, encryption_key};
use crate::iam::{ActionPattern, Document, Operator, Principal, Statement, Symbol, Text};
use crate::platform::Platform;
use crate::platform::monitoring::event_rules::{Signal, signals};
use crate::platform::monitoring::{Alert, Publisher};
use crate::principals::sid;

/// The actions that the AWS provider calls to change and delete the key. Unlike images, messages that are encrypted with it do
/// not outlive their delivery, so an apply may delete it.
const APPLIES: [&str; 6] = [
    "kms:EnableKeyRotation",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateKeyDescription",
];

/// The permissions of EventBridge and CloudWatch to publish to the topic, only for the rules and the alarms of the alert
/// (EventBridge user guide, "Using resource-based policies", Amazon SNS; SNS developer guide, "Example cases for Amazon SNS
/// access control").
pub fn policy(platform: &Platform, alert: &Alert) -> Document {
    let topic = arns::regional(platform, "sns", &platform.scope.topic(&alert.name));
    let statements = alert.publishers().map(|publisher| {
        let statement = Statement::allow([action("sns:Publish")])
            .sid(sid(&format!("{}MayPublish", publisher.what())))
            .by(Principal::service([publisher.principal()]))
            .on([topic.clone()]);
        let statement = match publisher {
            Publisher::EventBridge => statement.when(Operator::ARN_EQUALS, "aws:SourceArn", rules(platform, alert)),
            Publisher::CloudWatch => statement.when(Operator::ARN_LIKE, "aws:SourceArn", [alarms(platform, alert)]),
        };
        statement.when(Operator::STRING_EQUALS, "aws:SourceAccount", [Text::from(Symbol::AccountId)])
    });
    Document::new(statements)
}

/// The EventBridge rules of an alert.
fn rules(platform: &Platform, alert: &Alert) -> Vec<Text> {
    let signals = alert.events.iter().flat_map(|event| signals(platform, *event));
    let rule = |signal: Signal| format!("rule/{}", signal.rule_name(platform));
    signals.map(|signal| arns::regional(platform, "events", &rule(signal))).collect()
}

/// The alarms of an alert: one pattern, because the policy of a topic has no room for the names of many repositories.
fn alarms(platform: &Platform, alert: &Alert) -> Text {
    arns::regional(platform, "cloudwatch", &format!("alarm:{}", platform.scope.alarm(&alert.name, "*")))
}

/// The key policy. A service needs the key to publish to an encrypted topic. The statements have no condition on the source,
/// because such conditions are not supported for EventBridge, whose events would silently not arrive (SNS developer guide,
/// "Managing Amazon SNS encryption keys and costs"). The policies of the topics limit what the services publish.
pub fn key(platform: &Platform) -> Document {
    let encrypted = platform.monitoring.alerts.iter().filter(|alert| alert.is_encrypted);
    let publishers: BTreeSet<Publisher> = encrypted.flat_map(Alert::publishers).collect();
    let uses = publishers.into_iter().map(|publisher| {
        Statement::allow(["kms:Decrypt", "kms:GenerateDataKey*"].map(action))
            .sid(sid(&format!("{}MayEncrypt", publisher.what())))
            .by(Principal::service([publisher.principal()]))
            .on([Text::from("*")])
    });
    let applies = encryption_key::applies(platform, &APPLIES);
    Document::new([encryption_key::management()].into_iter().chain(uses).chain(applies))
}

fn action(name: &str) -> ActionPattern {
    name.parse().expect("actions in the source code are well-formed")
}
