//! What the documents of a principal depend on apart from its own entry.

use std::collections::BTreeMap;

use super::{ArnReference, OidcProvider, ProviderSource};
use crate::iam::{Symbol, Text, arn};
use crate::source::Spanned;
use crate::value::OrCreate;

/// The audience that the AWS clients request.
pub const STS_AUDIENCE: &str = "sts.amazonaws.com";

/// What the documents of a principal depend on apart from its own entry.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'p> {
    /// The home region.
    pub region: &'p str,
    /// The account, if the spec pins it.
    pub account: Option<&'p str>,
    /// The IAM OIDC providers of the spec, by name.
    pub oidc_providers: &'p BTreeMap<String, Spanned<OidcProvider>>,
    /// Whether there is an HCP Terraform workspace, and therefore a bootstrap module.
    pub has_workspace: bool,
}

impl<'p> Setting<'p> {
    /// Where the OIDC provider with this name comes from.
    pub fn provider(&self, name: &str) -> &'p OidcProvider {
        const COMPUTED: &OidcProvider = &OrCreate::Existing(ProviderSource::Computed);
        self.oidc_providers.get(name).map_or(COMPUTED, |written| &written.value)
    }

    /// The ARN of the provider with this name and this issuer.
    pub fn provider_arn(&self, name: &str, issuer: &Text) -> Text {
        match self.provider(name) {
            OrCreate::Create | OrCreate::Existing(ProviderSource::LookUp) => {
                ArnReference::OidcProvider(name.to_owned()).arn()
            }
            OrCreate::Existing(ProviderSource::Computed) => arn::oidc_provider(issuer),
            OrCreate::Existing(ProviderSource::Arn(arn)) => Text::from(arn.as_str()),
        }
    }

    /// The ARN of the provider of an EKS cluster. Looking up the cluster gives its issuer, which determines the ARN.
    pub fn cluster_provider_arn(&self, cluster: &str) -> Text {
        match self.provider(cluster) {
            OrCreate::Create => ArnReference::OidcProvider(cluster.to_owned()).arn(),
            OrCreate::Existing(ProviderSource::Arn(arn)) => Text::from(arn.as_str()),
            OrCreate::Existing(ProviderSource::Computed | ProviderSource::LookUp) => {
                arn::oidc_provider(&self.cluster_issuer(cluster))
            }
        }
    }

    /// The issuer of an EKS cluster as host and path: from the ARN of its provider, or looked up from the cluster.
    pub fn cluster_issuer(&self, cluster: &str) -> Text {
        match self.provider(cluster) {
            OrCreate::Existing(ProviderSource::Arn(arn)) => Text::from(arn.issuer()),
            _ => Text::from(Symbol::Issuer(cluster.to_owned())),
        }
    }

    /// The ARN of a resource in the home region of this account.
    pub fn regional_arn(&self, service: &str, resource: &str) -> Text {
        arn::regional(service, &Text::from(self.region), &Symbol::AccountId.into(), resource)
    }
}
