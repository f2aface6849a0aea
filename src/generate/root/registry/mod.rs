//! `registry.tf`: what AWS has once per account and region. Its blocks are listed in one place.

mod blob_mounting;
mod inspector;
mod policy;
mod pull_through_cache;
mod replication;
mod scanning;

use crate::generate::expression::Writer;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::platform::registry::Registry;
use crate::policies::Policies;
use crate::terraform::Block;

/// The blocks that follow from one part of the registry-wide settings.
type Row = fn(&Writer, &Registry) -> Vec<Block>;

/// The blocks of the file, one row per kind.
const BLOCKS: &[Row] = &[
    inspector::blocks,
    scanning::blocks,
    blob_mounting::blocks,
    policy::blocks,
    replication::blocks,
    pull_through_cache::blocks,
];

/// The file, if the spec has a `registry` section that produces a block.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(registry) = &platform.registry else { return none() };
    let writer = Writer::new(policies, Place::root(platform));
    let blocks = BLOCKS.iter().flat_map(|blocks| blocks(&writer, registry));
    let blocks: Vec<Block> =
        blocks.map(|block| if block.origin.is_none() { block.origin(registry.span) } else { block }).collect();
    if blocks.is_empty() {
        return none();
    }
    one(writer.place.hcl("registry.tf", spaced(blocks), registry.span))
}
