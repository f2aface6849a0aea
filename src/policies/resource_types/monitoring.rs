//! Resource types of CloudTrail, Amazon S3, EventBridge, CloudWatch and CloudWatch Logs.

use super::Loss::{Harmless, Hurts};
use super::{On, Permissions, ResourceType};
use crate::platform::Platform;
use crate::platform::monitoring::AuditTrail;
use crate::platform::monitoring::event_rules::event_rules;
use crate::value::OrCreate;

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "aws_cloudtrail",
        in_root: |platform| platform.monitoring.audit_trail.is_some(),
        permissions: &[
            Permissions {
                on: On::Trail,
                reads: &["cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors", "cloudtrail:ListTags"],
                writes: &[
                    "cloudtrail:CreateTrail",
                    "cloudtrail:UpdateTrail",
                    "cloudtrail:DeleteTrail",
                    "cloudtrail:StartLogging",
                    "cloudtrail:StopLogging",
                    "cloudtrail:PutEventSelectors",
                    "cloudtrail:AddTags",
                    "cloudtrail:RemoveTags",
                ],
            },
            Permissions { on: On::Everything, reads: &["cloudtrail:DescribeTrails"], writes: &[] },
        ],
        loss: Harmless,
        replaced_by: &["name", "region"],
    },
    ResourceType {
        name: "aws_s3_bucket",
        in_root: |platform| own_bucket(platform).is_some(),
        permissions: &[Permissions {
            on: On::Bucket,
            reads: &["s3:ListBucket", "s3:GetBucket*", "s3:Get*Configuration"],
            writes: &["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging"],
        }],
        loss: Hurts("the audit log is lost"),
        replaced_by: &["bucket", "region"],
    },
    ResourceType {
        name: "aws_s3_bucket_policy",
        in_root: |platform| own_bucket(platform).is_some(),
        permissions: &[Permissions {
            on: On::Bucket,
            reads: &[],
            writes: &["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        }],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "aws_s3_bucket_public_access_block",
        in_root: |platform| own_bucket(platform).is_some(),
        permissions: &[Permissions { on: On::Bucket, reads: &[], writes: &["s3:PutBucketPublicAccessBlock"] }],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "aws_s3_bucket_lifecycle_configuration",
        in_root: |platform| own_bucket(platform).is_some_and(|trail| trail.keep_days.is_some()),
        permissions: &[Permissions { on: On::Bucket, reads: &[], writes: &["s3:PutLifecycleConfiguration"] }],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "aws_cloudwatch_event_rule",
        in_root: |platform| !event_rules(platform).is_empty(),
        permissions: &[Permissions {
            on: On::Rule,
            reads: &["events:DescribeRule", "events:ListTagsForResource"],
            writes: &["events:PutRule", "events:DeleteRule", "events:TagResource", "events:UntagResource"],
        }],
        loss: Harmless,
        replaced_by: &["region"],
    },
    ResourceType {
        name: "aws_cloudwatch_event_target",
        in_root: |platform| !event_rules(platform).is_empty(),
        permissions: &[Permissions {
            on: On::Rule,
            reads: &["events:ListTargetsByRule"],
            writes: &["events:PutTargets", "events:RemoveTargets"],
        }],
        loss: Harmless,
        replaced_by: &["region"],
    },
    // With a narrower scope than `*`, `cloudwatch:DescribeAlarms` does not return all kinds of alarms (CloudWatch user guide,
    // "Amazon CloudWatch permissions reference").
    ResourceType {
        name: "aws_cloudwatch_metric_alarm",
        in_root: |platform| platform.monitoring.alerts.iter().any(|alert| alert.pulls_over.is_some()),
        permissions: &[
            Permissions {
                on: On::Alarms,
                reads: &["cloudwatch:ListTagsForResource"],
                writes: &["cloudwatch:DeleteAlarms", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
            },
            Permissions { on: On::NotifyingAlarms, reads: &[], writes: &["cloudwatch:PutMetricAlarm"] },
            Permissions { on: On::Everything, reads: &["cloudwatch:DescribeAlarms"], writes: &[] },
        ],
        loss: Harmless,
        replaced_by: &["alarm_name", "region"],
    },
    ResourceType {
        name: "aws_cloudwatch_log_group",
        in_root: |platform| platform.monitoring.event_log.is_some(),
        permissions: &[
            Permissions {
                on: On::LogGroup,
                reads: &["logs:ListTagsForResource"],
                writes: &[
                    "logs:CreateLogGroup",
                    "logs:DeleteLogGroup",
                    "logs:PutRetentionPolicy",
                    "logs:DeleteRetentionPolicy",
                    "logs:TagResource",
                    "logs:UntagResource",
                ],
            },
            Permissions { on: On::Everything, reads: &["logs:DescribeLogGroups"], writes: &[] },
        ],
        loss: Hurts("the recorded events are lost"),
        replaced_by: &["name", "region"],
    },
    ResourceType {
        name: "aws_cloudwatch_log_resource_policy",
        in_root: |platform| platform.monitoring.event_log.is_some(),
        permissions: &[Permissions {
            on: On::Everything,
            reads: &["logs:DescribeResourcePolicies"],
            writes: &["logs:PutResourcePolicy", "logs:DeleteResourcePolicy"],
        }],
        loss: Harmless,
        replaced_by: &["policy_name", "region"],
    },
];

/// The trail, if the output creates its bucket.
fn own_bucket(platform: &Platform) -> Option<&AuditTrail> {
    platform.monitoring.audit_trail.as_ref().filter(|trail| trail.bucket == OrCreate::Create)
}
