//! `providers.tf`: the configuration of the AWS provider.

use crate::generate::expression::given;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, region, spaced};
use crate::platform::Platform;
use crate::policies::Policies;
use crate::terraform::Block;

/// The file, unless hand-written files configure the provider.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let place = Place::root(platform);
    if place.is_shared() {
        return none();
    }
    let of_replicas = region::aliased(platform).map(|name| aliased(platform, name));
    one(place.hcl("providers.tf", spaced([aws(platform)].into_iter().chain(of_replicas)), platform.span))
}

/// The configuration for the replicas in a region: an AWS provider before 6.0 manages the resources of one region.
fn aliased(platform: &Platform, region: &str) -> Block {
    let provider = Block::new("provider", ["aws"]).attr("alias", region::alias(region).to_string());
    configured(provider, platform, region)
}

/// `provider "aws"`: the region, the account if the spec pins one, and the role that the spec says to assume.
pub fn aws(platform: &Platform) -> Block {
    configured(Block::new("provider", ["aws"]), platform, &platform.region)
}

fn configured(provider: Block, platform: &Platform, region: &str) -> Block {
    let provider = provider.attr("region", region);
    let provider = match &platform.scope.account {
        Some(account) => provider.attr("allowed_account_ids", [account]),
        None => provider,
    };
    match &platform.root.assume_role {
        Some(role) => {
            let arn = given(&role.value, |role| role.as_str().into());
            provider.blank().block(Block::bare("assume_role").attr("role_arn", arn).origin(role.span))
        }
        None => provider,
    }
    .origin(platform.span)
}
