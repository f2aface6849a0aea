//! `registry.tf`: what AWS has once an account and region.

use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::{Files, apart, none, one};
use crate::policies::Policies;
use crate::terraform::Block;

/// The file, if the spec owns the registry's documents and one of them says something.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(registry) = &platform.registry else { return none() };
    let writer = Writer { policies, place: Place::root(platform) };
    let blocks: Vec<Block> = policy(&writer).into_iter().map(|block| block.origin(registry.span)).collect();
    if blocks.is_empty() {
        return none();
    }
    one(writer.place.hcl("registry.tf", apart(blocks), registry.span))
}

fn policy(writer: &Writer) -> Option<Block> {
    let document = writer.policies.document(writer.policies.registry?);
    Some(Block::resource("aws_ecr_registry_policy", "ecr").attr("policy", writer.policy(document)))
}
