//! IAM OIDC providers: their issuers and ARNs.

use crate::access::Thing;
use crate::iam::{Symbol, Text};
use crate::platform::Platform;
use crate::spec::oidc_provider::OidcProvider;

/// GitHub's issuer, without `https://`: the prefix of its condition keys (GitHub documentation,
/// "OpenID Connect reference").
pub const GITHUB: &str = "token.actions.githubusercontent.com";

/// HCP Terraform's issuer (HCP Terraform documentation, "Dynamic credentials with the AWS provider").
pub const HCP: &str = "app.terraform.io";

/// The audience that IAM's own clients ask for.
pub const STS_AUDIENCE: &str = "sts.amazonaws.com";

/// The audience of HCP Terraform's tokens for AWS.
pub const HCP_AUDIENCE: &str = "aws.workload.identity";

/// Where the provider of this name comes from.
pub fn origin<'p>(platform: &'p Platform, name: &str) -> &'p OidcProvider {
    platform.oidc_providers.get(name).map_or(&OidcProvider::Existing, |written| &written.value)
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
