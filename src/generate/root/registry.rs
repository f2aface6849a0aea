//! `registry.tf`: the registry policy, of which AWS has one per account and region.

use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::policies::Policies;
use crate::terraform::Block;

/// The file, if the spec has a `registry` section that produces a registry policy.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(registry) = &platform.registry else { return none() };
    let writer = Writer::new(policies, Place::root(platform));
    let blocks: Vec<Block> = policy(&writer).into_iter().map(|block| block.origin(registry.span)).collect();
    if blocks.is_empty() {
        return none();
    }
    one(writer.place.hcl("registry.tf", spaced(blocks), registry.span))
}

fn policy(writer: &Writer) -> Option<Block> {
    let document = writer.policies.document(writer.policies.registry?);
    Some(Block::resource("aws_ecr_registry_policy", "ecr").attr("policy", writer.policy(document)))
}
