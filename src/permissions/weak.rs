//! What makes the trust policies of the output weak.

use crate::iam::trust::{self, Finding};
use crate::iam::{Document, Principal, Scope};
use crate::platform::access::issuers;
use crate::policies::provider;
use crate::principals::STS_AUDIENCE;

use super::{Holder, Kind, Rights};

/// The weaknesses of a holder's trust policy.
pub(super) fn weaknesses(rights: &Rights, holder: &Holder) -> Vec<Finding> {
    let Kind::Role { trust, .. } = holder.kind else { return Vec::new() };
    let document = &rights.documents[trust].document;
    let audiences = audiences(document, rights);
    let audiences: Vec<&str> = audiences.iter().map(String::as_str).collect();
    trust::weaknesses(document, rights.bindings, &audiences)
}

/// The audiences of tokens for AWS: those of the issuer that the policy trusts, where the spec has a name for it.
fn audiences(trust: &Document, rights: &Rights) -> Vec<String> {
    let principals = trust.statements.iter().filter_map(|statement| match &statement.principal {
        Some(Scope::Only(principal @ Principal::Listed(_))) => Some(principal),
        _ => None,
    });
    let providers: Vec<String> =
        principals.flat_map(Principal::names).map(|(_, name)| name.bind(rights.bindings)).collect();
    let is_trusted = |issuer: &String| providers.iter().any(|name| name.ends_with(&format!(":oidc-provider/{issuer}")));
    let access = &rights.platform.access;
    let named = issuers::named().find(|(name, _)| issuers::all(access, name).iter().any(is_trusted));
    named.map_or_else(|| vec![STS_AUDIENCE.to_owned()], |(name, _)| provider::audiences(rights.platform, name))
}
