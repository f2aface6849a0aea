//! `aws_inspector2_enabler`: Amazon Inspector, which scans the images of registries with enhanced scanning.

use crate::generate::expression::Writer;
use crate::iam::{Symbol, Text};
use crate::platform::registry::Registry;
use crate::terraform::Block;

/// The enabler, if the spec turns Inspector on. When it is created, the provider turns off every other resource type that
/// Inspector scans (provider source, `resourceEnablerCreate`).
pub fn blocks(writer: &Writer, registry: &Registry) -> Vec<Block> {
    let Some(span) = registry.enable_inspector else { return Vec::new() };
    let account = writer.text(&Text::default().symbol(Symbol::AccountId));
    let enabler = Block::resource("aws_inspector2_enabler", "ecr")
        .origin(span)
        .comment(
            "The provider turns off what Inspector scans in this account and region apart from ECR,\nsuch as EC2 instances and Lambda functions",
        )
        .attr("account_ids", [account])
        .attr("resource_types", ["ECR"]);
    vec![enabler]
}
