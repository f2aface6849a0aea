//! What a spec says about monitoring.

use serde_json::{Value as Json, json};

use super::decode::{Decode, Decoder, Spanned};
use super::given::Given;
use super::schema::Definitions;
use super::text::{BucketName, Days};
use crate::node::Node;
use crate::{record, words};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// Made here.
    Create,
    /// One that is there.
    Existing(Given<BucketName>),
}

impl Decode for Bucket {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("create") => Some(Bucket::Create),
            _ => Given::decode(node, decoder).map(Bucket::Existing),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "create" }, Given::<BucketName>::schema(definitions)] })
    }
}

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
