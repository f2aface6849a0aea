//! What can exist once only, over all platforms compiled together.

use std::collections::{BTreeMap, BTreeSet};

use super::Platform;
use super::access::iam::Boundary;
use crate::diagnostic::{Diagnostic, codes};
use crate::principals::{Means, OidcProvider};
use crate::source::Span;
use crate::value::OrVariable;

/// Something that a platform claims, and where it says so.
struct Claim {
    what: String,
    account: Option<String>,
    span: Span,
    path: String,
}

/// Faults of specs, each with its environments, that claim the same thing.
pub fn check<'p>(specs: impl Iterator<Item = &'p [Platform]> + Clone) -> Vec<Diagnostic> {
    let mut taken: BTreeMap<String, Vec<(Option<String>, Span)>> = BTreeMap::new();
    let mut faults = Vec::new();
    let manifests = specs.clone().filter_map(|platforms| platforms.first()).map(manifest);
    for Claim { what, account, span, path } in manifests.chain(specs.flatten().flat_map(claims)) {
        let claimed = taken.entry(what.clone()).or_default();
        // An account that a spec does not tell may be any.
        let other = claimed.iter().find(|(other, _)| other.is_none() || account.is_none() || *other == account);
        if let Some((other, first)) = other {
            let unknown = other.is_none() || account.is_none();
            let fault = Diagnostic::new(&codes::CLAIMED_TWICE, span, format!("{what} is claimed twice")).at(path);
            let fault = if *first == span { fault } else { fault.and(*first, "the other claim") };
            faults.push(fault.help(match unknown {
                true => "in one account there is only one; if these are different accounts, write `account` in each",
                false => "one of them has to have another name, or to leave it to the other",
            }));
        }
        claimed.push((account, span));
    }
    faults
}

/// A spec's manifest, which is called after its platform.
fn manifest(platform: &Platform) -> Claim {
    let what = format!("the platform {}", platform.scope.platform);
    Claim { what, account: Some(String::new()), span: platform.span, path: "platform".into() }
}

fn claims(platform: &Platform) -> Vec<Claim> {
    let scope = &platform.scope;
    let mut claims = Vec::new();
    let mut claim = |what: String, account: bool, span: Span, path: &str| {
        let account = if account { scope.account.clone() } else { Some(String::new()) };
        claims.push(Claim { what, account, span, path: path.to_owned() });
    };
    claim(format!("the folder {}", platform.root.directory), false, platform.root.span, "terraform.directory");
    for repository in &platform.repositories {
        let what = format!("the repository {} in {}", repository.name, platform.region);
        claim(what, true, repository.span, &format!("repositories.{}", repository.key));
    }
    if let Some(key) = &platform.encryption_key {
        claim(format!("the KMS {} in {}", key.alias, platform.region), true, key.span, "names.key_alias");
    }
    if let Some(registry) = &platform.registry {
        claim(format!("the registry in {}", platform.region), true, registry.span, "registry");
    }
    // What one spec names twice it is told of where its names are computed.
    let mut own = BTreeSet::new();
    for access in &platform.access {
        let roles = access.roles.iter().map(|role| format!("the role {}", role.name));
        for what in roles.chain(access.policy().map(|name| format!("the policy {name}"))) {
            if own.insert(what.to_lowercase()) {
                claim(what, true, access.span, &format!("access.{}", access.name));
            }
        }
    }
    for access in &platform.access {
        let Means::PermissionSet(set) = access.principal.means() else { continue };
        let instance = if let OrVariable::Literal(arn) = &set.instance { arn.as_str() } else { "IAM Identity Center" };
        let what = format!("the permission set {} of {instance}", set.name.as_str());
        claim(what, false, access.span, &format!("access.{}", access.name));
    }
    for access in &platform.access {
        let Some(pods) = access.associated() else { continue };
        // What only the apply knows is the same for one environment of one platform.
        let cluster = match &pods.cluster {
            OrVariable::Literal(name) => name.as_str().to_owned(),
            _ => format!("{} of {}/{}", pods.cluster_name(), scope.platform, scope.environment),
        };
        for account in &pods.service_accounts {
            let what =
                format!("the service account {} of the cluster {cluster} in {}", account.as_str(), platform.region);
            claim(what, true, account.span, &format!("access.{}", access.name));
        }
    }
    for (name, provider) in &platform.oidc_providers {
        if provider.value == OidcProvider::Create {
            claim(format!("the OIDC provider {name}"), true, provider.span, &format!("oidc_providers.{name}"));
        }
    }
    if let Some(workspace) = &platform.workspace {
        // Each apply role could change what the other's workspace made.
        claim(format!("the path {} of the apply role", platform.iam.path), true, platform.iam.path_span, "iam.path");
        for name in [scope.run_name("plan"), scope.run_name("apply")] {
            claim(format!("the role {name}"), true, workspace.span, "workspace");
            claim(format!("the policy {name}"), true, workspace.span, "workspace");
        }
        if let Some(Boundary::Made(name)) = &platform.iam.boundary {
            claim(format!("the policy {name}"), true, workspace.span, "workspace");
        }
        let what = format!("the workspace {}/{}", workspace.organization, workspace.name);
        claim(what, false, workspace.span, "workspace");
    }
    claims
}
