//! What the documents of a principal depend on beyond its own entry.

use std::collections::BTreeMap;

use super::{ArnReference, OidcProvider, ProviderSource};
use crate::iam::{Symbol, Text, arn};
use crate::source::Spanned;
use crate::value::OrCreate;

/// The audience that IAM's own clients ask for.
pub const STS_AUDIENCE: &str = "sts.amazonaws.com";

/// What the documents of a principal depend on beyond its own entry.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'p> {
    /// The home region.
    pub region: &'p str,
    /// The account, if the spec pins it.
    pub account: Option<&'p str>,
    /// IAM OIDC providers that the spec speaks of, by name.
    pub oidc_providers: &'p BTreeMap<String, Spanned<OidcProvider>>,
    /// Whether there is an HCP Terraform workspace, and with it a bootstrap module.
    pub has_workspace: bool,
}

impl<'p> Setting<'p> {
    /// Where the OIDC provider of this name comes from.
    pub fn provider(&self, name: &str) -> &'p OidcProvider {
        const COMPUTED: &OidcProvider = &OrCreate::Existing(ProviderSource::Computed);
        self.oidc_providers.get(name).map_or(COMPUTED, |written| &written.value)
    }

    /// The ARN of the provider of this name with this issuer.
    pub fn provider_arn(&self, name: &str, issuer: &Text) -> Text {
        match self.provider(name) {
            OrCreate::Create | OrCreate::Existing(ProviderSource::LookUp) => {
                ArnReference::OidcProvider(name.to_owned()).arn()
            }
            OrCreate::Existing(ProviderSource::Computed) => arn::oidc_provider(issuer),
            OrCreate::Existing(ProviderSource::Arn(arn)) => Text::from(arn.as_str()),
        }
    }

    /// The ARN of an EKS cluster's provider: looking the cluster up is what tells its issuer, and with it the ARN.
    pub fn cluster_provider_arn(&self, cluster: &str) -> Text {
        match self.provider(cluster) {
            OrCreate::Create => ArnReference::OidcProvider(cluster.to_owned()).arn(),
            OrCreate::Existing(ProviderSource::Arn(arn)) => Text::from(arn.as_str()),
            OrCreate::Existing(ProviderSource::Computed | ProviderSource::LookUp) => {
                arn::oidc_provider(&Text::from(Symbol::Issuer(cluster.to_owned())))
            }
        }
    }

    /// The ARN of something in the home region of this account.
    pub fn regional_arn(&self, service: &str, resource: &str) -> Text {
        arn::regional(service, &Text::from(self.region), &Symbol::AccountId.into(), resource)
    }
}
