//! IAM OIDC providers: their issuers and ARNs.

use std::collections::BTreeSet;

use crate::iam::{Text, arn};
use crate::language::oidc_provider::{OidcProvider, ProviderSource};
use crate::platform::access::issuer;
use crate::platform::{Access, Platform, Principal};
use crate::policies::Thing;

pub use crate::platform::access::issuer::{GITHUB, GITLAB, HCP};

/// The audience that IAM's own clients ask for.
pub const STS_AUDIENCE: &str = "sts.amazonaws.com";

/// The audience of HCP Terraform's tokens for AWS.
pub const HCP_AUDIENCE: &str = "aws.workload.identity";

/// The audiences of the tokens that the provider of this name takes, each once.
pub fn audiences(platform: &Platform, name: &str) -> Vec<String> {
    let of = |access: &Access| match &access.principal {
        Principal::Gitlab(_, gitlab) if name == "gitlab" => Some(super::gitlab::audience(gitlab).to_owned()),
        _ => None,
    };
    let audiences: BTreeSet<String> = platform.access.iter().filter_map(of).collect();
    match name {
        "hcp" => vec![HCP_AUDIENCE.to_owned()],
        _ if audiences.is_empty() => vec![STS_AUDIENCE.to_owned()],
        _ => audiences.into_iter().collect(),
    }
}

/// Where the provider of this name comes from.
pub fn origin<'p>(platform: &'p Platform, name: &str) -> &'p OidcProvider {
    platform
        .oidc_providers
        .get(name)
        .map_or(&OidcProvider::Existing(ProviderSource::Computed), |written| &written.value)
}

/// The issuer of the provider that the spec calls by this name, if it is no cluster's.
pub fn issuer(platform: &Platform, name: &str) -> Option<String> {
    issuer::all(&platform.access, name).into_iter().next()
}

/// The ARN of the provider of this name with this issuer.
pub fn arn(platform: &Platform, name: &str, issuer: &Text) -> Text {
    match origin(platform, name) {
        OidcProvider::Create | OidcProvider::Existing(ProviderSource::LookUp) => {
            Thing::OidcProvider(name.to_owned()).arn()
        }
        OidcProvider::Existing(ProviderSource::Computed) => arn::oidc_provider(issuer),
        OidcProvider::Existing(ProviderSource::Arn(arn)) => Text::from(arn.as_str()),
    }
}

/// The ARN of the provider of this name as the root module knows it: HCP Terraform's is made by the bootstrap module where
/// there is one, before anything is applied here.
pub fn arn_in_root(platform: &Platform, name: &str, issuer: &Text) -> Text {
    match origin(platform, name) {
        OidcProvider::Create if !made_in_root(platform, name) => arn::oidc_provider(issuer),
        _ => self::arn(platform, name, issuer),
    }
}

/// Whether the root module makes the provider of this name.
pub fn made_in_root(platform: &Platform, name: &str) -> bool {
    let trusted = || platform.access.iter().any(|access| matches!(access.principal, Principal::Hcp(..)));
    *origin(platform, name) == OidcProvider::Create && (name != "hcp" || platform.workspace.is_none() && trusted())
}
