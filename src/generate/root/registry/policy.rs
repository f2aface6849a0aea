//! `aws_ecr_registry_policy`: which other registries may replicate into this one, and which other accounts may import images
//! into it.

use crate::generate::expression::Writer;
use crate::platform::registry::Registry;
use crate::terraform::Block;

/// The registry policy, if it grants anything.
pub fn blocks(writer: &Writer, _: &Registry) -> Vec<Block> {
    let Some(document) = writer.policies.registry else { return Vec::new() };
    let policy = writer.policy(writer.policies.document(document));
    vec![Block::resource("aws_ecr_registry_policy", "ecr").attr("policy", policy)]
}
