//! Monitoring: the audit trail, the event log and the alerts.

use super::{codes, spec};
use crate::diagnostic::Example::Spec;

codes! {
    LOG_RETENTION_PERIOD = {
        name: "log-retention-period",
        severity: Error,
        what: "The event log has a retention period that CloudWatch Logs does not support.",
        why: "CloudWatch Logs supports 22 retention periods for a log group, such as 30, 60, 90 or 120 days. \
              PutRetentionPolicy rejects any other number of days.",
        bad: spec!("
repositories: { shop: {} }
monitoring: { event_log: { events: [scan], keep_for: 100d } }
"),
        good: spec!("
repositories: { shop: {} }
monitoring: { event_log: { events: [scan], keep_for: 120d } }
"),
        source: "CloudWatch Logs API reference, PutRetentionPolicy, `retentionInDays`",
    }
    NOT_OUR_BUCKET = {
        name: "not-our-bucket",
        severity: Error,
        what: "The audit trail sets `keep_for`, but its bucket is not created by ecrgen.",
        why: "`keep_for` becomes a lifecycle rule of the bucket. A bucket has only one lifecycle configuration, and \
              the configuration of an existing bucket belongs to the owner of that bucket.",
        bad: spec!("
monitoring: { audit_trail: { bucket: acme-trails, keep_for: 365d } }
"),
        good: spec!("
monitoring: { audit_trail: { bucket: create, keep_for: 365d } }
"),
        source: "Amazon S3 API reference, PutBucketLifecycleConfiguration",
    }
    NOT_OUR_TOPIC = {
        name: "not-our-topic",
        severity: Error,
        what: "An alert sets `emails` or `encryption`, but its SNS topic is not created by ecrgen.",
        why: "The subscriptions and the encryption of an existing topic belong to the owner of that topic. If the topic is \
              encrypted, the policy of its KMS key must allow EventBridge to use it.",
        bad: spec!("
repositories: { shop: {} }
monitoring:
  alerts:
    findings: { events: [critical-finding], sns: \"arn:aws:sns:eu-central-1:123456789012:alerts\", emails: [ops@example.com] }
"),
        good: spec!("
repositories: { shop: {} }
monitoring:
  alerts:
    findings: { events: [critical-finding], sns: create, emails: [ops@example.com] }
"),
        source: "SNS developer guide, \"Configuring server-side encryption\"",
    }
    BAD_BUCKET_NAME = {
        name: "bad-bucket-name",
        severity: Error,
        what: "The bucket of the audit trail would have a name that S3 does not accept.",
        why: "The generated name consists of the platform, the environment, `ecr-trail` and the account ID. S3 allows \
              at most 63 characters.",
        bad: Spec("
platform: international-online-shop
environment: integration-testing
region: eu-central-1
monitoring: { audit_trail: { bucket: create } }
"),
        good: Spec("
platform: international-online-shop
environment: integration-testing
region: eu-central-1
monitoring: { audit_trail: { bucket: shop-integration-trail } }
"),
        source: "Amazon S3 user guide, \"General purpose bucket naming rules\"",
    }
}
