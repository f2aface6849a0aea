//! `providers.tf`: the configuration of the AWS provider.

use crate::generate::expression::given;
use crate::generate::place::Place;
use crate::generate::{Files, none, one};
use crate::platform::Platform;
use crate::policies::Policies;
use crate::terraform::{Block, Body};

/// The file, unless hand-written files configure the provider.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let place = Place::root(platform);
    if place.is_shared() {
        return none();
    }
    one(place.hcl("providers.tf", Body::new().block(aws(platform)), platform.span))
}

/// `provider "aws"`: the region, the account if the spec pins one, and the role that the spec says to assume.
pub fn aws(platform: &Platform) -> Block {
    let provider = Block::new("provider", ["aws"]).attr("region", &platform.region);
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
