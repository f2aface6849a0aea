//! Monitoring settings of a spec.

use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{BucketName, Days, OrCreate, OrVariable};

record! {
    /// Monitoring of the registry. Each part is off unless its key is set.
    pub struct Monitoring {
        /// CloudTrail trail of the calls that people and pipelines make to ECR. Default: no trail.
        /// Example: `audit_trail: { bucket: create, keep_for: 365d }`.
        optional audit_trail: AuditTrail,
        /// Log group in CloudWatch Logs that receives the registry's events. Default: no log group.
        /// Example: `event_log: { events: [push, scan], keep_for: 30d }`.
        optional event_log: EventLog,
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
        /// Events to log: `push`, `delete` and `scan` (a scan was completed). Required. Example: `events: [push, scan]`.
        required events: Vec<Spanned<Event>>,
        /// Number of days after which CloudWatch deletes the events: one of its retention periods, such as `7d`, `30d`,
        /// `90d` or `365d`. Default: `30d`. Example: `keep_for: 90d`.
        optional keep_for: Spanned<Days>,
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
    }
}
