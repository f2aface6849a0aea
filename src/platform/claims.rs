//! What can exist once only, over all platforms compiled together.

use std::collections::BTreeMap;

use super::iam::Boundary;
use super::{Platform, Principal};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::spec::given::Given;
use crate::spec::oidc_provider::OidcProvider;

/// Something that a platform claims, and where it says so.
struct Claim {
    what: String,
    account: Option<String>,
    span: Span,
    path: String,
}

/// Faults of specs, each with its environments, that claim the same thing.
pub fn check(specs: &[Vec<Platform>]) -> Vec<Diagnostic> {
    let mut taken: BTreeMap<(String, Option<String>), Span> = BTreeMap::new();
    let mut faults = Vec::new();
    let manifests = specs.iter().filter_map(|platforms| platforms.first()).map(manifest);
    for claim in manifests.chain(specs.iter().flatten().flat_map(claims)) {
        let unknown = claim.account.is_none();
        let Some(first) = taken.insert((claim.what.clone(), claim.account), claim.span) else { continue };
        let mut fault =
            Diagnostic::error("claimed-twice", claim.span, format!("{} is claimed twice", claim.what)).at(claim.path);
        if first != claim.span {
            fault = fault.and(first, "the other claim");
        }
        faults.push(match unknown {
            true => {
                fault.help("in one account there is only one; if these are different accounts, write `account` in each")
            }
            false => fault.help("one of them has to have another name, or to leave it to the other"),
        });
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
    for access in &platform.access {
        for role in access.principal.roles() {
            claim(format!("the role {}", role.name), true, access.span, &format!("access.{}", access.name));
        }
        if let Some(name) = access.policy() {
            claim(format!("the policy {name}"), true, access.span, &format!("access.{}", access.name));
        }
    }
    for access in &platform.access {
        let Principal::PermissionSet(set, _) = &access.principal else { continue };
        let instance = if let Given::Literal(arn) = &set.instance { arn.as_str() } else { "IAM Identity Center" };
        let what = format!("the permission set {} of {instance}", set.name.as_str());
        claim(what, false, access.span, &format!("access.{}", access.name));
    }
    for access in &platform.access {
        let Principal::PodIdentity(pods, roles) = &access.principal else { continue };
        // What only the apply knows is the same for one environment of one platform.
        let cluster = match &pods.cluster {
            Given::Literal(name) => name.as_str().to_owned(),
            _ => format!("{} of {}/{}", pods.cluster_name(), scope.platform, scope.environment),
        };
        for (_, account) in roles {
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
