//! Monitoring settings of a spec.

use crate::decode::{Map, record, words};
use crate::source::Spanned;
use crate::value::{AlertName, BucketName, Days, EmailAddress, OrCreate, OrVariable, PullRate, TopicArn};

record! {
    /// Monitoring of the registry. Each part is off unless its key is set.
    pub struct Monitoring {
        /// CloudTrail trail of the calls that people and pipelines make to ECR. Default: no trail.
        /// Example: `audit_trail: { bucket: create, keep_for: 365d }`.
        optional audit_trail: AuditTrail,
        /// Log group in CloudWatch Logs that receives the registry's events. Default: no log group.
        /// Example: `event_log: { events: [push, scan], keep_for: 30d }`.
        optional event_log: EventLog,
        /// Alerts by name: events and alarms of the registry that people get through Amazon SNS. Default: no alerts.
        /// Example: `alerts: { findings: { events: [critical-finding], sns: create, emails: [security@example.com] } }`.
        optional alerts: Map<AlertName, Alert>,
    }
}

record! {
    /// A CloudTrail trail of the calls to ECR.
    pub struct AuditTrail {
        /// S3 bucket that stores the trail: `create`, or the name of an existing bucket whose policy grants CloudTrail
        /// access. Required. Example: `bucket: create`.
        required bucket: Bucket,
        /// Number of days after which the bucket deletes the trail's files. It only applies to `bucket: create`.
        /// Default: the files are never deleted. Example: `keep_for: 365d`.
        optional keep_for: Spanned<Days>,
    }
}

/// The S3 bucket of a trail.
pub type Bucket = OrCreate<OrVariable<BucketName>>;

record! {
    /// A log group that receives the registry's events through EventBridge.
    pub struct EventLog {
        /// Events to log, such as `push`, `delete` and `scan`. Required. Example: `events: [push, scan]`.
        required events: Vec<Spanned<Event>>,
        /// Number of days after which CloudWatch deletes the events: one of its retention periods, such as `7d`, `30d`,
        /// `90d` or `365d`. Default: `30d`. Example: `keep_for: 90d`.
        optional keep_for: Spanned<Days>,
    }
}

record! {
    /// Events and alarms of the registry that people get through an Amazon SNS topic.
    pub struct Alert {
        /// Events that are sent to the topic. Default: no events. Example: `events: [critical-finding]`.
        optional events: Vec<Spanned<Event>>,
        /// Pulls of one repository per `minute`, `hour` or `day` above which there are too many. Each repository has a
        /// CloudWatch alarm, which is then sent to the topic. Default: no alarm. Example: `pulls_over: 1000/hour`.
        optional pulls_over: Spanned<PullRate>,
        /// Amazon SNS topic: `create`, or the ARN of an existing topic in the region whose policy allows EventBridge to
        /// publish `events`, and CloudWatch to publish alarms. Required. Example: `sns: create`.
        required sns: Spanned<OrCreate<OrVariable<TopicArn>>>,
        /// Addresses that get an email for each event and alarm, after they have confirmed their subscription. They only apply to
        /// `sns: create`. Default: no emails. Example: `emails: [security@example.com]`.
        optional emails: Vec<Spanned<EmailAddress>>,
        /// Encryption of the topic, which only applies to `sns: create`. Default: no KMS key.
        /// Example: `encryption: { kms: create }`.
        optional encryption: Spanned<TopicEncryption>,
    }
    at least one of [events, pulls_over]
}

record! {
    /// Encryption of an Amazon SNS topic.
    pub struct TopicEncryption {
        /// KMS key: `create`, for one that ecrgen creates for the alerts of the environment, with a policy that allows
        /// EventBridge to use it for events, and CloudWatch for alarms. Required. Example: `kms: create`.
        required kms: TopicKey,
    }
}

words! {
    /// The KMS key of a topic. The key `aws/sns` is not one of them, because its policy allows neither EventBridge nor CloudWatch to use it.
    pub enum TopicKey {
        /// A key that ecrgen creates.
        Create = "create",
    }
}

words! {
    /// An event of the registry (ECR user guide, "Amazon ECR events and EventBridge").
    pub enum Event {
        /// An image was pushed.
        Push = "push",
        /// An image was deleted.
        Delete = "delete",
        /// A scan was completed.
        Scan = "scan",
        /// A scan found a vulnerability of critical severity.
        CriticalFinding = "critical-finding",
        /// A scan found a vulnerability of high severity.
        HighFinding = "high-finding",
        /// An image could not be replicated into this registry.
        ReplicationFailed = "replication-failed",
    }
}
