//! The policies of the SNS topics that ecrgen creates for alerts, and of the KMS key that encrypts them.

use super::{arns, encryption_key};
use crate::iam::{ActionPattern, Document, Operator, Principal, Statement, Symbol, Text};
use crate::platform::Platform;
use crate::platform::monitoring::Alert;
use crate::platform::monitoring::event_rules::signals;
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

/// The permission of EventBridge to publish to the topic, only for the rules of the alert (EventBridge user guide,
/// "Using resource-based policies", Amazon SNS).
pub fn policy(platform: &Platform, alert: &Alert) -> Document {
    let topic = arns::regional(platform, "sns", &platform.scope.topic(&alert.name));
    let rules = alert.events.iter().flat_map(|event| signals(platform, *event));
    let rules: Vec<Text> = rules
        .map(|signal| arns::regional(platform, "events", &format!("rule/{}", signal.rule_name(platform))))
        .collect();
    Document::new([Statement::allow([action("sns:Publish")])
        .sid(sid("EventsMayPublish"))
        .by(events())
        .on([topic])
        .when(Operator::ARN_EQUALS, "aws:SourceArn", rules)
        .when(Operator::STRING_EQUALS, "aws:SourceAccount", [Text::from(Symbol::AccountId)])])
}

/// The key policy. EventBridge needs the key to publish to an encrypted topic. The statement has no condition on the source,
/// because such conditions are not supported for EventBridge, whose events would silently not arrive (SNS developer guide,
/// "Managing Amazon SNS encryption keys and costs"). The topic policy limits what EventBridge publishes.
pub fn key(platform: &Platform) -> Document {
    let uses = Statement::allow(["kms:Decrypt", "kms:GenerateDataKey*"].map(action))
        .sid(sid("EventsMayEncrypt"))
        .by(events())
        .on([Text::from("*")]);
    let applies = encryption_key::applies(platform, &APPLIES);
    Document::new([encryption_key::management(), uses].into_iter().chain(applies))
}

fn events() -> Principal {
    Principal::service(["events.amazonaws.com"])
}

fn action(name: &str) -> ActionPattern {
    name.parse().expect("actions in the source code are well-formed")
}
