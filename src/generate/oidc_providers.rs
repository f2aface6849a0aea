//! `oidc_providers.tf`: the IAM OIDC providers that the root module makes.

use super::expr::{cluster_issuer, clusters};
use super::place::Place;
use super::variables::apart;
use super::{Files, none, one};
use crate::language::oidc_provider::OidcProvider;
use crate::platform::access::issuer;
use crate::platform::{Label, Platform};
use crate::policies::provider::{self, STS_AUDIENCE};
use crate::source::Span;
use crate::terraform::{Block, Expr, Name, Traversal};

/// An IAM OIDC provider that is to be made.
pub struct Provider {
    /// Its name in Terraform.
    pub name: Name,
    /// The issuer's URL.
    pub url: Expr,
    /// The audiences of its tokens.
    pub audiences: Vec<String>,
    /// Where the spec asks for it.
    pub origin: Span,
}

/// The file, if the spec makes a provider.
pub fn files(platform: &Platform) -> Files<'_> {
    let place = Place::root(platform);
    let providers: Vec<Provider> = made(platform).collect();
    let Some(origin) = providers.first().map(|provider| provider.origin) else { return none() };
    let blocks = providers.into_iter().flat_map(|provider| provider.blocks(platform, &place));
    one(place.hcl("oidc_providers.tf", apart(blocks), origin))
}

/// The providers that the root module makes. HCP Terraform's is made by the bootstrap module where there is one: the
/// root module's own runs sign in with it.
pub fn made(platform: &Platform) -> impl Iterator<Item = Provider> {
    let created = |name: &str| {
        platform.oidc_providers.get(name).filter(|written| written.value == OidcProvider::Create).map(|w| w.span)
    };
    let named = issuer::NAMED.into_iter().filter(|(name, _)| provider::made_in_root(platform, name));
    let named = named.filter_map(move |(name, _)| {
        let url = format!("https://{}", provider::issuer(platform, name)?).into();
        Some(Provider {
            name: name.into(),
            url,
            audiences: provider::audiences(platform, name),
            origin: created(name)?,
        })
    });
    let of_clusters = clusters(platform).into_iter().filter_map(move |(cluster, _)| {
        let name = Name::from(Label::of(&cluster).as_str().to_owned());
        let (url, audiences) = (cluster_issuer(&cluster).into(), vec![STS_AUDIENCE.to_owned()]);
        Some(Provider { name, url, audiences, origin: created(&cluster)? })
    });
    named.chain(of_clusters)
}

impl Provider {
    /// The provider, without thumbprints where the AWS provider lets us: IAM trusts the issuer's certificate by its own
    /// list of authorities (IAM API reference, CreateOpenIDConnectProvider).
    pub fn blocks(self, platform: &Platform, place: &Place) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut provider = Block::resource("aws_iam_openid_connect_provider", self.name.clone())
            .attr("url", self.url.clone())
            .attr("client_id_list", self.audiences);
        if platform.root.wants_thumbprints() {
            let certificates = Traversal::new("data.tls_certificate").attr(self.name.clone()).attr("certificates");
            let certificate = Block::data("tls_certificate", self.name)
                .comment("AWS providers before 5.81 want a thumbprint; IAM looks at it only if it does not know the authority")
                .attr("url", self.url);
            blocks.push(certificate.origin(self.origin));
            provider = provider.attr("thumbprint_list", [certificates.index(0).attr("sha1_fingerprint")]);
        }
        let provider = provider
            .blank()
            .attr("tags", place.tags())
            .blank()
            .comment("An account has one provider an issuer: without it every role that trusts the issuer is dead")
            .block(Block::bare("lifecycle").attr("prevent_destroy", true));
        blocks.push(provider.origin(self.origin));
        blocks
    }
}
