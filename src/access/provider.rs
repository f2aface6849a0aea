//! IAM OIDC providers: their issuers and ARNs.

use crate::access::Thing;
use crate::iam::{Symbol, Text};
use crate::platform::{Platform, issuer};
use crate::spec::oidc_provider::OidcProvider;

pub use crate::platform::issuer::{GITHUB, HCP};

/// The audience that IAM's own clients ask for.
pub const STS_AUDIENCE: &str = "sts.amazonaws.com";

/// The audience of HCP Terraform's tokens for AWS.
pub const HCP_AUDIENCE: &str = "aws.workload.identity";

/// Where the provider of this name comes from.
pub fn origin<'p>(platform: &'p Platform, name: &str) -> &'p OidcProvider {
    platform.oidc_providers.get(name).map_or(&OidcProvider::Existing, |written| &written.value)
}

/// The issuer of the provider that the spec calls by this name, if it is no cluster's.
pub fn issuer(platform: &Platform, name: &str) -> Option<String> {
    issuer::all(&platform.access, name).into_iter().next()
}

/// The ARN of the provider of this name with this issuer.
pub fn arn(platform: &Platform, name: &str, issuer: &Text) -> Text {
    match origin(platform, name) {
        OidcProvider::Create | OidcProvider::LookUp => Thing::OidcProvider(name.to_owned()).arn(),
        OidcProvider::Existing => computed_arn(issuer),
        OidcProvider::Arn(arn) => Text::from(arn.as_str()),
    }
}

/// An account has one provider an issuer, so the ARN follows from account and issuer.
pub fn computed_arn(issuer: &Text) -> Text {
    Text::from("arn:")
        .symbol(Symbol::Partition)
        .literal(":iam::")
        .symbol(Symbol::AccountId)
        .literal(":oidc-provider/")
        .then(issuer)
}
