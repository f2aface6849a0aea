//! The IAM OIDC providers of a platform: where each comes from, and what it takes.

use std::collections::BTreeSet;

use crate::iam::{Text, arn};
use crate::platform::Platform;
use crate::platform::access::issuers;
use crate::principals::{Issuer, Pods, ProviderSource, STS_AUDIENCE};
use crate::source::Span;
use crate::value::OrCreate;

/// A provider that the output creates.
#[derive(Debug)]
pub struct Created {
    /// What the spec calls it.
    pub name: String,
    /// Host and path of its issuer; only a cluster itself tells its own.
    pub issuer: Option<String>,
    /// The audiences of its tokens.
    pub audiences: Vec<String>,
    /// Where the spec asks for it.
    pub span: Span,
}

/// The providers that the root module creates, those of clusters last.
pub fn made_in_root(platform: &Platform) -> impl Iterator<Item = Created> {
    let named = issuers::named().filter(|(name, _)| is_made_in_root(platform, name));
    let named = named.filter_map(|(name, _)| created(platform, name, issuer(platform, name)));
    let of_clusters = clusters(platform).into_iter().filter_map(|(cluster, _)| created(platform, &cluster, None));
    named.chain(of_clusters)
}

/// HCP Terraform's provider, if the bootstrap module creates it: the root module's own runs sign in with it.
pub fn made_in_bootstrap(platform: &Platform) -> Option<Created> {
    created(platform, "hcp", issuer(platform, "hcp")).filter(|_| platform.workspace.is_some())
}

fn created(platform: &Platform, name: &str, issuer: Option<String>) -> Option<Created> {
    let written = platform.oidc_providers.get(name).filter(|written| written.value == OrCreate::Create)?;
    let audiences = audiences(platform, name);
    Some(Created { name: name.to_owned(), issuer, audiences, span: written.span })
}

/// Whether the root module creates the provider of an issuer that is no cluster's. HCP Terraform's is made by the bootstrap
/// module where there is one.
fn is_made_in_root(platform: &Platform, name: &str) -> bool {
    let is_trusted = || platform.access.iter().any(|access| access.principal.kind().key == name);
    let is_created = *platform.setting().provider(name) == OrCreate::Create;
    is_created && (name != "hcp" || platform.workspace.is_none() && is_trusted())
}

/// The providers that the root module looks up by their URL, by name, each with the place of an entry that trusts it.
pub fn looked_up_in_root(platform: &Platform) -> impl Iterator<Item = (&'static str, String, Span)> {
    let is_looked_up =
        |name: &str| matches!(platform.setting().provider(name), OrCreate::Existing(ProviderSource::LookUp));
    issuers::named().filter(move |(name, _)| is_looked_up(name)).filter_map(|(name, _)| {
        let uses = |access: &&crate::platform::Access| issuers::of(access).is_some_and(|(used, _)| used == name);
        let used = platform.access.iter().find(uses)?;
        Some((name, format!("https://{}", issuer(platform, name)?), used.span))
    })
}

/// The audiences of the tokens that the provider of this name takes, each once.
pub fn audiences(platform: &Platform, name: &str) -> Vec<String> {
    let of_entries = platform.access.iter().filter_map(|access| match access.principal.issuer() {
        Issuer::Known { audience, .. } if access.principal.kind().key == name => Some(audience.to_owned()),
        _ => None,
    });
    let audiences: BTreeSet<String> = of_entries.collect();
    let default = issuers::named().find(|(named, _)| *named == name).map(|(_, issuer)| issuer.audience);
    match audiences.is_empty() {
        true => vec![default.unwrap_or(STS_AUDIENCE).to_owned()],
        false => audiences.into_iter().collect(),
    }
}

/// The issuer of the provider that the spec calls by this name, if it is no cluster's.
pub fn issuer(platform: &Platform, name: &str) -> Option<String> {
    issuers::all(&platform.access, name).into_iter().next()
}

/// The ARN of the provider of this name as the root module knows it.
pub fn arn_in_root(platform: &Platform, name: &str) -> Text {
    let setting = platform.setting();
    let Some(issuer) = issuer(platform, name) else { return setting.cluster_provider_arn(name) };
    let issuer = Text::from(issuer);
    match setting.provider(name) {
        OrCreate::Create if !is_made_in_root(platform, name) => arn::oidc_provider(&issuer),
        _ => setting.provider_arn(name, &issuer),
    }
}

/// The clusters whose issuers the platform's documents mention, each once.
pub fn clusters(platform: &Platform) -> Vec<(String, &Pods)> {
    let mut clusters: Vec<(String, &Pods)> = Vec::new();
    for pods in platform.access.iter().filter_map(|access| access.irsa()) {
        let name = pods.cluster_name();
        if !clusters.iter().any(|(other, _)| *other == name) {
            clusters.push((name, pods));
        }
    }
    clusters
}
