//! The IAM OIDC providers that a spec speaks of.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::language::Spec;
use crate::platform::access::{Access, issuers};
use crate::principals::{OidcProvider, ProviderSource};
use crate::source::Spanned;
use crate::value::OrVariable;

/// The providers by name. A name that nothing here can mean is a fault: what it says would be done nowhere.
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
    let named: Vec<&str> = issuers::named().map(|(name, _)| name).collect();
    let known: Vec<&str> = clusters.chain(named.iter().copied()).collect();
    for (name, written) in spec.oidc_providers.iter().flat_map(|map| &map.entries) {
        if !known.contains(&name.as_str()) {
            let named: Vec<String> = named.iter().map(|name| format!("`{name}`")).collect();
            let message = format!(
                "`{}` is neither {}, nor a cluster that an access entry names",
                name.as_str(),
                named.join(", nor ")
            );
            let help = did_you_mean(name.as_str(), known.iter().copied(), "providers here");
            let fault = Diagnostic::new(&codes::UNKNOWN_OIDC_PROVIDER, name.span, message).help(help);
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

/// A provider has one issuer, and tokens of another one are nothing to it. Only computed ARNs follow each entry's.
fn other_issuers(name: &str, written: &Spanned<OidcProvider>, access: &[Access]) -> Option<Diagnostic> {
    let issuers = issuers::all(access, name);
    let message = match (&written.value, issuers.as_slice()) {
        (OidcProvider::Existing(ProviderSource::Computed), _) | (_, []) => return None,
        (OidcProvider::Existing(ProviderSource::Arn(arn)), issuers) => {
            let (_, of) = arn.as_str().split_once(":oidc-provider/")?;
            let other = issuers.iter().find(|issuer| *issuer != of)?;
            format!("this is the provider of {of}, and tokens of {other} are trusted")
        }
        (OidcProvider::Create | OidcProvider::Existing(ProviderSource::LookUp), [_]) => return None,
        (OidcProvider::Create | OidcProvider::Existing(ProviderSource::LookUp), issuers) => {
            format!("one provider cannot stand for {}", issuers.join(" and "))
        }
    };
    let fault = Diagnostic::new(&codes::PROVIDER_OF_ANOTHER_ISSUER, written.span, message);
    Some(fault.help("`existing` stands for the provider of each entry's issuer"))
}
