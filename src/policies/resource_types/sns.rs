//! Resource types of Amazon SNS.

use super::Loss::{Harmless, Hurts};
use super::{On, Permissions, ResourceType};
use crate::platform::Platform;
use crate::platform::monitoring::Alert;

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "aws_sns_topic",
        in_root: |platform| topics(platform).next().is_some(),
        permissions: &[Permissions {
            on: On::Topics,
            reads: &["sns:GetTopicAttributes", "sns:ListTagsForResource"],
            writes: &[
                "sns:CreateTopic",
                "sns:DeleteTopic",
                "sns:SetTopicAttributes",
                "sns:TagResource",
                "sns:UntagResource",
            ],
        }],
        loss: Hurts("its subscriptions are lost, and people must confirm new ones to get alerts"),
        replaced_by: &["name", "region"],
    },
    ResourceType {
        name: "aws_sns_topic_policy",
        in_root: |platform| topics(platform).next().is_some(),
        permissions: &[Permissions {
            on: On::Topics,
            reads: &["sns:GetTopicAttributes"],
            writes: &["sns:SetTopicAttributes"],
        }],
        loss: Harmless,
        replaced_by: &["region"],
    },
    // The Service Authorization Reference has no resource type for the actions on a subscription.
    ResourceType {
        name: "aws_sns_topic_subscription",
        in_root: |platform| topics(platform).any(|alert| !alert.emails.is_empty()),
        permissions: &[
            Permissions { on: On::Topics, reads: &[], writes: &["sns:Subscribe"] },
            Permissions { on: On::Everything, reads: &["sns:GetSubscriptionAttributes"], writes: &["sns:Unsubscribe"] },
        ],
        loss: Harmless,
        replaced_by: &["region"],
    },
];

/// The alerts whose topic the output creates.
fn topics(platform: &Platform) -> impl Iterator<Item = &Alert> {
    platform.monitoring.alerts.iter().filter(|alert| alert.creates_topic())
}
