//! `oidc_provider.tf`: HCP Terraform's IAM OIDC provider, created or looked up by the bootstrap module.

use crate::generate::place::Place;
use crate::generate::{Files, none, one, root, spaced};
use crate::iam::trust::HCP;
use crate::platform::Platform;
use crate::policies::{Policies, provider};
use crate::principals::ProviderSource;
use crate::terraform::Block;
use crate::value::OrCreate;

/// The file, if the spec has the provider and its ARN is neither computed nor given.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(written) = platform.oidc_providers.get("hcp") else { return none() };
    if platform.workspace.is_none() {
        return none();
    }
    let place = Place::workspace(platform);
    let blocks = blocks(platform, &place);
    if blocks.is_empty() { none() } else { one(place.hcl("oidc_provider.tf", spaced(blocks), written.span)) }
}

fn blocks(platform: &Platform, place: &Place) -> Vec<Block> {
    if let Some(created) = provider::made_in_bootstrap(platform) {
        return root::oidc_provider_blocks(created, platform, place);
    }
    match platform.oidc_providers.get("hcp") {
        Some(written) if written.value == OrCreate::Existing(ProviderSource::LookUp) => {
            let url = format!("https://{HCP}");
            vec![Block::data("aws_iam_openid_connect_provider", "hcp").attr("url", url).origin(written.span)]
        }
        _ => Vec::new(),
    }
}
