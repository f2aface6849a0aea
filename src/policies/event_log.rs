//! The resource policy of the log group that receives the events of the registry.

use crate::iam::{ActionPattern, Document, Principal, Statement, Symbol, Text};
use crate::platform::Platform;
use crate::principals::sid;

/// The permissions that EventBridge needs on the log group (EventBridge user guide, "Resource-based policies",
/// CloudWatch Logs).
pub fn policy(platform: &Platform) -> Document {
    let group = Text::from("arn:")
        .symbol(Symbol::Partition)
        .literal(&format!(":logs:{}:", platform.region))
        .symbol(Symbol::AccountId)
        .literal(&format!(":log-group:{}:*", platform.scope.log_group()));
    Document::new([Statement::allow([action("logs:CreateLogStream"), action("logs:PutLogEvents")])
        .sid(sid("EventsMayWrite"))
        .by(Principal::service(["events.amazonaws.com", "delivery.logs.amazonaws.com"]))
        .on([group])])
}

fn action(name: &str) -> ActionPattern {
    name.parse().expect("actions in the source code are well-formed")
}
