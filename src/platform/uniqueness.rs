//! Finds names that must be unique but are used twice among all platforms compiled together.

use std::collections::{BTreeMap, BTreeSet};

use super::Platform;
use super::access::iam::Boundary;
use crate::diagnostic::{Diagnostic, codes};
use crate::principals::{Means, OidcProvider};
use crate::source::Span;
use crate::value::OrVariable;

/// Something that only one platform can define, and where this platform defines it.
struct Claim {
    what: String,
    account: Option<String>,
    span: Span,
    path: String,
}

/// The errors of specs that define the same thing. Each spec is given with its environments.
pub fn check<'p>(specs: impl Iterator<Item = &'p [Platform]> + Clone) -> Vec<Diagnostic> {
    let mut taken: BTreeMap<String, Vec<(Option<String>, Span)>> = BTreeMap::new();
    let mut faults = Vec::new();
    let manifests = specs.clone().filter_map(|platforms| platforms.first()).map(manifest);
    for Claim { what, account, span, path } in manifests.chain(specs.flatten().flat_map(claims)) {
        let claimed = taken.entry(what.clone()).or_default();
        // If a spec does not give the account, it could be any account.
        let other = claimed.iter().find(|(other, _)| other.is_none() || account.is_none() || *other == account);
        if let Some((other, first)) = other {
            let unknown = other.is_none() || account.is_none();
            let fault = Diagnostic::new(&codes::CLAIMED_TWICE, span, format!("{what} is defined twice")).at(path);
            let fault = if *first == span { fault } else { fault.and(*first, "also defined here") };
            faults.push(fault.help(match unknown {
                true => "if the two belong to different AWS accounts, write `account` in both specs or environments; otherwise, give them different names, for example with `names: { repository: \"{environment}/{repository}\" }`",
                false => "use different names, or define it in only one place",
            }));
        }
        claimed.push((account, span));
    }
    faults
}

/// The manifest of a spec, which is named after the platform.
fn manifest(platform: &Platform) -> Claim {
    let what = format!("the platform `{}`", platform.scope.platform);
    Claim { what, account: Some(String::new()), span: platform.span, path: "platform".into() }
}

fn claims(platform: &Platform) -> Vec<Claim> {
    let scope = &platform.scope;
    let mut claims = Vec::new();
    let mut claim = |what: String, account: bool, span: Span, path: &str| {
        let account = if account { scope.account.clone() } else { Some(String::new()) };
        claims.push(Claim { what, account, span, path: path.to_owned() });
    };
    claim(format!("the folder `{}`", platform.root.directory), false, platform.root.span, "terraform.directory");
    // A name that is used twice in one spec is reported where names are computed.
    let mut own = BTreeSet::new();
    for repository in &platform.repositories {
        if own.insert(repository.name.clone()) {
            let what = format!("the repository `{}` in {}", repository.name, platform.region);
            claim(what, true, repository.span, &format!("repositories.{}", repository.key));
        }
    }
    if let Some(key) = &platform.encryption_key {
        claim(format!("the KMS key `{}` in {}", key.alias, platform.region), true, key.span, "names.key_alias");
    }
    if let Some(registry) = &platform.registry {
        claim(format!("the registry in {}", platform.region), true, registry.span, "registry");
    }
    let mut own = BTreeSet::new();
    for access in &platform.access {
        let roles = access.roles.iter().map(|role| format!("the role `{}`", role.name));
        for what in roles.chain(access.policy().map(|name| format!("the policy `{name}`"))) {
            if own.insert(what.to_lowercase()) {
                claim(what, true, access.span, &format!("access.{}", access.name));
            }
        }
    }
    for access in &platform.access {
        let Means::PermissionSet(set) = access.principal.means() else { continue };
        let instance = if let OrVariable::Literal(arn) = &set.instance { arn.as_str() } else { "IAM Identity Center" };
        let what = format!("the permission set `{}` of {instance}", set.name.as_str());
        claim(what, false, access.span, &format!("access.{}", access.name));
    }
    for access in &platform.access {
        let Some(pods) = access.associated() else { continue };
        // A value known only after apply is the same within one environment of a platform.
        let cluster = match &pods.cluster {
            OrVariable::Literal(name) => name.as_str().to_owned(),
            _ => format!("{} of {}/{}", pods.cluster_name(), scope.platform, scope.environment),
        };
        for account in &pods.service_accounts {
            let what =
                format!("the service account `{}` of the cluster `{cluster}` in {}", account.as_str(), platform.region);
            claim(what, true, account.span, &format!("access.{}", access.name));
        }
    }
    for (name, provider) in &platform.oidc_providers {
        if provider.value == OidcProvider::Create {
            claim(format!("the OIDC provider `{name}`"), true, provider.span, &format!("oidc_providers.{name}"));
        }
    }
    if let Some(workspace) = &platform.workspace {
        // With a shared path, each apply role could change what the other workspace created.
        claim(
            format!("the IAM path `{}` of the apply role", platform.iam.path),
            true,
            platform.iam.path_span,
            "iam.path",
        );
        for name in [scope.run_name("plan"), scope.run_name("apply")] {
            claim(format!("the role `{name}`"), true, workspace.span, "workspace");
            claim(format!("the policy `{name}`"), true, workspace.span, "workspace");
        }
        if let Some(Boundary::Made(name)) = &platform.iam.boundary {
            claim(format!("the policy `{name}`"), true, workspace.span, "workspace");
        }
        let what = format!("the workspace `{}/{}`", workspace.organization, workspace.name);
        claim(what, false, workspace.span, "workspace");
    }
    claims
}
