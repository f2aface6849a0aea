//! The SNS topics of alerts, with the KMS key that encrypts them.

use crate::generate::expression::{Writer, given};
use crate::platform::Label;
use crate::platform::monitoring::{Alert, Publisher};
use crate::terraform::{Block, Expr, Name, Traversal};
use crate::value::OrCreate;

/// The ARN of the topic of an alert.
pub fn topic_arn(alert: &Alert) -> Expr {
    match &alert.topic.value {
        OrCreate::Create => created(alert).attr("arn").into(),
        OrCreate::Existing(topic) => given(topic, |arn| arn.as_str().into()),
    }
}

fn label(alert: &Alert) -> String {
    format!("ecr_{}", alert.label.as_str())
}

/// `aws_sns_topic.x`
fn created(alert: &Alert) -> Traversal {
    Traversal::new("aws_sns_topic").attr(Name::from(label(alert)))
}

/// The key, if a topic is encrypted.
pub fn key(writer: &Writer) -> Option<Block> {
    let platform = writer.policies.platform;
    let document = writer.policies.document(writer.policies.alert_key?);
    let alert = platform.monitoring.alerts.iter().find(|alert| alert.is_encrypted)?;
    let description = format!("Encrypts the alerts of {} ({})", platform.scope.platform, platform.scope.environment);
    let key = Block::resource("aws_kms_key", "ecr_alerts")
        .attr("description", description)
        .attr("enable_key_rotation", true)
        .blank();
    let mut publishers =
        platform.monitoring.alerts.iter().filter(|alert| alert.is_encrypted).flat_map(Alert::publishers);
    let key = match publishers.any(|publisher| publisher == Publisher::EventBridge) {
        true => key.comment("EventBridge supports no conditions on the source here: with them, no event would arrive"),
        false => key,
    };
    let key = key.attr("policy", writer.policy(document)).blank().attr("tags", writer.place.tags());
    Some(key.origin(alert.span))
}

/// The topic, its policy and its subscriptions, if ecrgen creates it.
pub fn topic(writer: &Writer, alert: &Alert) -> Vec<Block> {
    let Some(policy) = writer.policies.alert_topics.get(alert.name.as_str()) else { return Vec::new() };
    let arn = || created(alert).attr("arn");
    let topic = Block::resource("aws_sns_topic", Name::from(label(alert)))
        .attr("name", writer.policies.platform.scope.topic(&alert.name));
    let topic = match alert.is_encrypted {
        true => topic.attr("kms_master_key_id", Traversal::new("aws_kms_key.ecr_alerts.arn")),
        false => topic,
    };
    let topic = topic.blank().attr("tags", writer.place.tags());
    let policy = Block::resource("aws_sns_topic_policy", Name::from(label(alert)))
        .attr("arn", arn())
        .attr("policy", writer.policy(writer.policies.document(*policy)));
    let subscriptions = alert.emails.iter().map(|email| {
        let label = format!("{}__{}", label(alert), Label::of(email.as_str()).as_str());
        Block::resource("aws_sns_topic_subscription", Name::from(label))
            .attr("topic_arn", arn())
            .attr("protocol", "email")
            .attr("endpoint", email.as_str())
    });
    [topic, policy].into_iter().chain(subscriptions).map(|block| block.origin(alert.span)).collect()
}
