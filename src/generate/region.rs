//! Resources in another region than that of the AWS provider.

use std::collections::BTreeSet;

use crate::platform::{Platform, replication};
use crate::terraform::{Block, Name, Traversal};

/// The block, placed in the region: with the argument `region` if every allowed AWS provider has it, and otherwise with the
/// provider configuration of the region.
pub fn in_region(platform: &Platform, region: &str, block: Block) -> Block {
    match platform.root.has_region_argument() {
        true => block.attr("region", region),
        false => block.attr("provider", Traversal::new("aws").attr(alias(region))).blank(),
    }
}

/// The alias of the provider configuration of a region: `us_east_1`.
pub fn alias(region: &str) -> Name {
    Name::from(region.replace('-', "_"))
}

/// The label of a resource of the platform in another region: `ecr_us_east_1`.
pub fn label_in(label: &str, region: &str) -> Name {
    Name::from(format!("{label}_{}", alias(region)))
}

/// The regions that need a provider configuration.
pub fn aliased(platform: &Platform) -> impl Iterator<Item = &str> {
    let regions = match platform.root.has_region_argument() {
        true => BTreeSet::new(),
        false => replication::managed_regions(platform),
    };
    regions.into_iter()
}
