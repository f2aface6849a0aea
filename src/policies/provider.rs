//! The IAM OIDC providers of a platform: where each provider comes from, and the audiences that it accepts.

use std::collections::BTreeSet;

use crate::iam::{Text, arn};
use crate::platform::access::issuers;
use crate::platform::{Label, Platform};
use crate::principals::{Issuer, Pods, ProviderSource, STS_AUDIENCE};
use crate::source::Span;
use crate::value::OrCreate;

/// An OIDC provider that the output creates.
#[derive(Debug)]
pub struct Created {
    /// The name in the spec.
    pub name: String,
    /// The host and path of the issuer. `None` for a cluster, whose issuer is only known to the cluster itself.
    pub issuer: Option<String>,
    /// The audiences of the tokens.
    pub audiences: Vec<String>,
    /// The place in the spec that requires it.
    pub span: Span,
}

/// The providers that the root module creates. Those of clusters are last.
pub fn made_in_root(platform: &Platform) -> impl Iterator<Item = Created> {
    let named = issuers::names(&platform.access).into_iter().filter(|name| is_made_in_root(platform, name));
    let named = named.filter_map(|name| created(platform, &name, issuer(platform, &name)));
    let of_clusters = clusters(platform).into_iter().filter_map(|(cluster, _)| created(platform, &cluster, None));
    named.chain(of_clusters)
}

/// The provider of HCP Terraform, if the bootstrap module creates it. The runs of the root module authenticate with it.
pub fn made_in_bootstrap(platform: &Platform) -> Option<Created> {
    created(platform, "hcp", issuer(platform, "hcp")).filter(|_| platform.workspace.is_some())
}

fn created(platform: &Platform, name: &str, issuer: Option<String>) -> Option<Created> {
    let written = platform.oidc_providers.get(name).filter(|written| written.value == OrCreate::Create)?;
    let audiences = audiences(platform, name);
    Some(Created { name: name.to_owned(), issuer, audiences, span: written.span })
}

/// Whether the root module creates the provider of an issuer that does not belong to a cluster. If there is a bootstrap
/// module, it creates the provider of HCP Terraform.
fn is_made_in_root(platform: &Platform, name: &str) -> bool {
    let is_trusted = || platform.access.iter().any(|access| access.principal.kind().key == name);
    let is_created = *platform.setting().provider(name) == OrCreate::Create;
    is_created && (name != "hcp" || platform.workspace.is_none() && is_trusted())
}

/// The providers that the root module looks up: the name, the URL, and the place of an entry that trusts the provider.
pub fn looked_up_in_root(platform: &Platform) -> impl Iterator<Item = (String, String, Span)> {
    let is_looked_up =
        |name: &str| matches!(platform.setting().provider(name), OrCreate::Existing(ProviderSource::LookUp));
    issuers::names(&platform.access).into_iter().filter(move |name| is_looked_up(name)).filter_map(|name| {
        let uses = |access: &&crate::platform::Access| issuers::of(access).is_some_and(|(used, _)| used == name);
        let used = platform.access.iter().find(uses)?;
        let url = format!("https://{}", issuer(platform, &name)?);
        Some((name, url, used.span))
    })
}

/// The audiences that the provider with this name accepts, without duplicates.
pub fn audiences(platform: &Platform, name: &str) -> Vec<String> {
    let of_entries = platform.access.iter().filter_map(|access| match access.principal.issuer() {
        Issuer::Known { provider, audience, .. } if provider == name => Some(audience.to_owned()),
        _ => None,
    });
    let audiences: BTreeSet<String> = of_entries.collect();
    let default = issuers::named().find(|(named, _)| *named == name).map(|(_, issuer)| issuer.audience);
    match audiences.is_empty() {
        true => vec![default.unwrap_or(STS_AUDIENCE).to_owned()],
        false => audiences.into_iter().collect(),
    }
}

/// The issuer of the provider with this name in the spec. `None` for a cluster.
pub fn issuer(platform: &Platform, name: &str) -> Option<String> {
    issuers::all(&platform.access, name).into_iter().next()
}

/// The issuer of the provider with this label in Terraform. `None` for a cluster, and for an issuer that no entry has.
pub fn issuer_of_label(platform: &Platform, label: &str) -> Option<String> {
    let names = issuers::names(&platform.access);
    let name = names.into_iter().find(|name| Label::of(name).as_str() == label)?;
    issuer(platform, &name)
}

/// The ARN of the provider with this name, as the root module refers to it.
pub fn arn_in_root(platform: &Platform, name: &str) -> Text {
    let setting = platform.setting();
    let Some(issuer) = issuer(platform, name) else { return setting.cluster_provider_arn(name) };
    let issuer = Text::from(issuer);
    match setting.provider(name) {
        OrCreate::Create if !is_made_in_root(platform, name) => arn::oidc_provider(&issuer),
        _ => setting.provider_arn(name, &issuer),
    }
}

/// The clusters whose issuers are looked up, without duplicates. The ARN of a provider contains the issuer, so the cluster, which
/// can be in another account, is not read.
pub fn clusters(platform: &Platform) -> Vec<(String, &Pods)> {
    let mut clusters: Vec<(String, &Pods)> = Vec::new();
    for pods in platform.access.iter().filter_map(|access| access.irsa()) {
        let name = pods.cluster_name();
        let has_arn = matches!(platform.setting().provider(&name), OrCreate::Existing(ProviderSource::Arn(_)));
        if !has_arn && !clusters.iter().any(|(other, _)| *other == name) {
            clusters.push((name, pods));
        }
    }
    clusters
}
