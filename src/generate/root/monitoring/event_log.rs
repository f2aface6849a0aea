//! The log group for the registry's events.

use crate::generate::expression::Writer;
use crate::platform::monitoring::EventLog;
use crate::terraform::Block;

/// The log group, and the policy that lets EventBridge write to it.
pub fn event_log(writer: &Writer, log: &EventLog) -> Vec<Block> {
    let group = Block::resource("aws_cloudwatch_log_group", "ecr_events")
        .attr("name", writer.policies.platform.scope.log_group())
        .attr("retention_in_days", log.keep_days)
        .blank()
        .attr("tags", writer.place.tags());
    let policy = Block::resource("aws_cloudwatch_log_resource_policy", "ecr_events")
        .attr("policy_name", writer.policies.platform.scope.base_name())
        .attr(
            "policy_document",
            writer.policy(writer.policies.document(writer.policies.event_log.expect("a log group has a policy"))),
        );
    [group, policy].map(|block| block.origin(log.span)).into()
}
