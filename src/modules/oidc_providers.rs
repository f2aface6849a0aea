//! `oidc_providers.tf`: the IAM OIDC providers that the root module makes.

use super::place::Place;
use super::variables::apart;
use super::{Files, none, one};
use crate::access::provider::{GITHUB, STS_AUDIENCE};
use crate::platform::Platform;
use crate::source::Span;
use crate::spec::oidc_provider::OidcProvider;
use crate::terraform::{Block, Traversal};

/// The file, if the spec makes GitHub's provider. HCP Terraform's is made by the bootstrap module:
/// the root module's own runs sign in with it.
pub fn files(platform: &Platform) -> Files<'_> {
    let Some(written) = platform.oidc_providers.get("github") else { return none() };
    if written.value != OidcProvider::Create {
        return none();
    }
    let place = Place::root(platform);
    let provider = provider("github", GITHUB, STS_AUDIENCE, place.tags(), written.span);
    one(place.hcl("oidc_providers.tf", apart([provider]), written.span))
}

/// A provider. No thumbprint: IAM trusts the issuer's certificate by its own list of authorities
/// (IAM API reference, CreateOpenIDConnectProvider).
pub fn provider(name: &'static str, issuer: &str, audience: &str, tags: Traversal, origin: Span) -> Block {
    Block::resource("aws_iam_openid_connect_provider", name)
        .attr("url", format!("https://{issuer}"))
        .attr("client_id_list", [audience])
        .blank()
        .attr("tags", tags)
        .blank()
        .comment("An account has one provider an issuer: without it every role that trusts the issuer is dead")
        .block(Block::bare("lifecycle").attr("prevent_destroy", true))
        .origin(origin)
}
