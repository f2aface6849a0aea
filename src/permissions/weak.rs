//! Finds weaknesses in the trust policies of the output.

use crate::iam::trust::{self, Finding};
use crate::iam::{self, Document, Element};
use crate::platform::access::issuers;
use crate::policies::provider;
use crate::principals::STS_AUDIENCE;

use super::{EffectivePermissions, Kind, Principal};

/// The weaknesses of a principal's trust policy.
pub(super) fn weaknesses(permissions: &EffectivePermissions, principal: &Principal) -> Vec<Finding> {
    let Kind::Role { trust, .. } = principal.kind else { return Vec::new() };
    let document = &permissions.documents[trust].document;
    let audiences = audiences(document, permissions);
    let audiences: Vec<&str> = audiences.iter().map(String::as_str).collect();
    trust::weaknesses(document, permissions.bindings, &audiences)
}

/// The audiences of tokens for AWS: those of the issuer that the policy trusts, if the spec has a name for it.
fn audiences(trust: &Document, permissions: &EffectivePermissions) -> Vec<String> {
    let principals = trust.statements.iter().filter_map(|statement| match &statement.principal {
        Some(Element::Only(principal @ iam::Principal::Listed(_))) => Some(principal),
        _ => None,
    });
    let providers: Vec<String> =
        principals.flat_map(iam::Principal::names).map(|(_, name)| name.bind(permissions.bindings)).collect();
    let is_trusted = |issuer: &String| providers.iter().any(|name| name.ends_with(&format!(":oidc-provider/{issuer}")));
    let access = &permissions.platform.access;
    let named = issuers::names(access).into_iter().find(|name| issuers::all(access, name).iter().any(is_trusted));
    named.map_or_else(|| vec![STS_AUDIENCE.to_owned()], |name| provider::audiences(permissions.platform, &name))
}
