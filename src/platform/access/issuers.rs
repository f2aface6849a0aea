//! The issuers of the tokens that access entries trust, as the host and path that IAM uses in the ARNs of OIDC
//! providers and in condition keys.

use super::Access;
use crate::principals::{DefaultIssuer, Issuer, KINDS};

/// The names in `oidc_providers` of kinds with a default issuer, with these issuers.
pub fn named() -> impl Iterator<Item = (&'static str, DefaultIssuer)> {
    KINDS.iter().filter_map(|kind| Some((kind.key, kind.issuer?)))
}

/// All names in `oidc_providers` for issuers that are not clusters, each once: those of kinds, then those of entries.
pub fn names(access: &[Access]) -> Vec<String> {
    let mut names: Vec<String> = named().map(|(name, _)| name.to_owned()).collect();
    for (name, _) in access.iter().filter_map(of) {
        if !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The name and the issuer that an entry trusts; `None` for clusters, whose issuer is known only after apply.
pub fn of(access: &Access) -> Option<(&str, String)> {
    match access.principal.issuer() {
        Issuer::Known { provider, host_and_path, .. } => Some((provider, host_and_path)),
        Issuer::Aws | Issuer::Cluster(_) => None,
    }
}

/// All issuers that a name refers to, each once.
pub fn all(access: &[Access], name: &str) -> Vec<String> {
    let mut issuers: Vec<String> = Vec::new();
    for (_, issuer) in access.iter().filter_map(of).filter(|(named, _)| *named == name) {
        if !issuers.contains(&issuer) {
            issuers.push(issuer);
        }
    }
    let otherwise = named().find(|(named, _)| *named == name).map(|(_, issuer)| issuer.host_and_path.to_owned());
    if issuers.is_empty() { Vec::from_iter(otherwise) } else { issuers }
}
