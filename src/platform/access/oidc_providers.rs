//! The IAM OIDC providers that a spec lists.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes, nearest};
use crate::language::Spec;
use crate::platform::access::{Access, issuers};
use crate::principals::{OidcProvider, ProviderSource};
use crate::source::Spanned;
use crate::value::OrVariable;

/// Resolves the providers, by name. A name that refers to nothing in this spec is an error, because it would have no
/// effect.
pub fn resolve(
    spec: &Spec,
    access: &[Access],
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Spanned<OidcProvider>> {
    let mut providers = BTreeMap::new();
    let clusters = access.iter().filter_map(|access| match &access.irsa()?.cluster {
        OrVariable::Literal(name) => Some(name.as_str()),
        OrVariable::Variable(_) | OrVariable::Reference(_) => None,
    });
    let names = issuers::names(access);
    let known: Vec<&str> = clusters.chain(names.iter().map(String::as_str)).collect();
    for (name, written) in spec.oidc_providers.iter().flat_map(|map| &map.entries) {
        if !known.contains(&name.as_str()) {
            let named: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = format!(
                "unknown OIDC provider `{}`: expected {}, or the cluster or issuer of an access entry",
                name.as_str(),
                named.join(", ")
            );
            // A suggestion must not create a duplicate key.
            let meant = nearest(name.as_str(), known.iter().copied());
            let is_free = meant.is_none_or(|meant| spec.oidc_providers.iter().all(|map| !map.mentions(meant)));
            let fault = Diagnostic::new(&codes::UNKNOWN_OIDC_PROVIDER, name.span, message).did_you_mean(
                is_free.then_some(name.span),
                name.as_str(),
                known.iter().copied(),
                "OIDC providers",
            );
            faults.push(fault.at(path(name.as_str())));
        }
        faults.extend(other_issuers(name.as_str(), written, access).map(|fault| fault.at(path(name.as_str()))));
        providers.insert(name.as_str().to_owned(), written.clone());
    }
    providers
}

fn path(name: &str) -> String {
    format!("oidc_providers.{name}")
}

/// The error of a provider that is used for several issuers. A provider has one issuer and rejects tokens of any other;
/// only a computed ARN can follow the issuer of each entry.
fn other_issuers(name: &str, written: &Spanned<OidcProvider>, access: &[Access]) -> Option<Diagnostic> {
    let issuers = issuers::all(access, name);
    let message = match (&written.value, issuers.as_slice()) {
        (OidcProvider::Existing(ProviderSource::Computed), _) | (_, []) => return None,
        (OidcProvider::Existing(ProviderSource::Arn(arn)), issuers) => {
            let of = arn.issuer();
            let other = issuers.iter().find(|issuer| *issuer != of)?;
            format!("this provider is for tokens issued by {of}, but an access entry trusts tokens issued by {other}")
        }
        (OidcProvider::Create | OidcProvider::Existing(ProviderSource::LookUp), [_]) => return None,
        (OidcProvider::Create | OidcProvider::Existing(ProviderSource::LookUp), issuers) => {
            format!("one OIDC provider cannot have several issuers: {}", issuers.join(", "))
        }
    };
    let fault = Diagnostic::new(&codes::PROVIDER_OF_ANOTHER_ISSUER, written.span, message);
    Some(fault.help("write `existing`: ecrgen then computes the ARN of the provider from the issuer of each entry"))
}
