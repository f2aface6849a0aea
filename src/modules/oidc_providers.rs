//! `oidc_providers.tf`: the IAM OIDC providers that the root module makes.

use super::expr::{cluster_issuer, clusters};
use super::place::Place;
use super::variables::apart;
use super::{Files, none, one};
use crate::access::provider::{self, STS_AUDIENCE};
use crate::platform::{Label, Platform, issuer};
use crate::source::Span;
use crate::spec::oidc_provider::OidcProvider;
use crate::terraform::{Block, Expr, Name, Traversal};

/// The file, if the spec makes a provider. HCP Terraform's is made by the bootstrap module where there is one: the root
/// module's own runs sign in with it.
pub fn files(platform: &Platform) -> Files<'_> {
    let place = Place::root(platform);
    let created = |name: &str| {
        platform.oidc_providers.get(name).filter(|written| written.value == OidcProvider::Create).map(|w| w.span)
    };
    let mut blocks = Vec::new();
    for (name, _) in issuer::NAMED.into_iter().filter(|(name, _)| provider::made_in_root(platform, name)) {
        let (Some(span), Some(issuer)) = (created(name), provider::issuer(platform, name)) else { continue };
        let (url, audiences) = (format!("https://{issuer}"), provider::audiences(platform, name));
        blocks.push((self::provider(Name::from(name), url, audiences, place.tags(), span), span));
    }
    for (cluster, _) in clusters(platform) {
        if let Some(span) = created(&cluster) {
            let label = Name::from(Label::of(&cluster).as_str().to_owned());
            let issuer = cluster_issuer(&cluster);
            blocks.push((self::provider(label, issuer, vec![STS_AUDIENCE.to_owned()], place.tags(), span), span));
        }
    }
    let Some((_, origin)) = blocks.first() else { return none() };
    let origin = *origin;
    one(place.hcl("oidc_providers.tf", apart(blocks.into_iter().map(|(block, _)| block)), origin))
}

/// A provider. No thumbprint: IAM trusts the issuer's certificate by its own list of authorities
/// (IAM API reference, CreateOpenIDConnectProvider).
pub fn provider(name: Name, url: impl Into<Expr>, audiences: Vec<String>, tags: Traversal, origin: Span) -> Block {
    Block::resource("aws_iam_openid_connect_provider", name)
        .attr("url", url)
        .attr("client_id_list", audiences)
        .blank()
        .attr("tags", tags)
        .blank()
        .comment("An account has one provider an issuer: without it every role that trusts the issuer is dead")
        .block(Block::bare("lifecycle").attr("prevent_destroy", true))
        .origin(origin)
}
