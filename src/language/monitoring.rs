//! What a spec says about monitoring.

use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{BucketName, Days, OrCreate, OrVariable};

record! {
    /// Monitoring; off unless written.
    pub struct Monitoring {
        /// A trail of the calls that people and pipelines make to ECR.
        optional audit_trail: AuditTrail,
        /// Events of the registry, kept in CloudWatch Logs.
        optional event_log: EventLog,
    }
}

record! {
    /// A CloudTrail trail.
    pub struct AuditTrail {
        /// The bucket that holds the trail: `create`, or the name of one that lets CloudTrail in.
        required bucket: Bucket,
        /// How long the bucket made here keeps the trail. Default: forever.
        optional keep_for: Spanned<Days>,
    }
}

/// The bucket of a trail.
pub type Bucket = OrCreate<OrVariable<BucketName>>;

record! {
    /// A log group fed by EventBridge.
    pub struct EventLog {
        /// Which events.
        required events: Vec<Spanned<Event>>,
        /// How long they are kept, one of CloudWatch's periods. Default: 30d.
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
