//! `registry.tf`: what AWS has once an account and region.

use super::expr::Writer;
use super::place::Place;
use super::variables::apart;
use super::{Files, none, one};
use crate::platform::Platform;
use crate::policies::registry_policy;
use crate::terraform::Block;

/// The file, if the spec owns the registry's documents and one of them says something.
pub fn files(platform: &Platform) -> Files<'_> {
    let Some(registry) = &platform.registry else { return none() };
    let writer = Writer { platform, place: Place::root(platform) };
    let blocks: Vec<Block> = policy(&writer).into_iter().map(|block| block.origin(registry.span)).collect();
    if blocks.is_empty() {
        return none();
    }
    one(writer.place.hcl("registry.tf", apart(blocks), registry.span))
}

fn policy(writer: &Writer) -> Option<Block> {
    let document = registry_policy::policy(writer.platform)?;
    Some(Block::resource("aws_ecr_registry_policy", "ecr").attr("policy", writer.policy(&document)))
}
