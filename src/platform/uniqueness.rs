//! Finds names that must be unique but are used twice among all platforms compiled together.

use std::collections::{BTreeMap, BTreeSet};

use super::access::iam::Boundary;
use super::{Platform, ServiceRole};
use crate::diagnostic::{Diagnostic, codes};
use crate::principals::{Means, OidcProvider};
use crate::prose;
use crate::source::Span;
use crate::value::OrVariable;

/// Something that only one platform can define, and where this platform defines it.
struct Claim {
    what: String,
    account: Option<String>,
    span: Span,
    path: String,
}

/// A claim, and the spec, platform and environment that make it.
struct Claimed<'p> {
    claim: Claim,
    /// The spec, as an index and as the command line names it. A file can be named twice.
    spec: (usize, &'p str),
    platform: &'p str,
    environment: &'p str,
}

/// The errors of specs that define the same thing. Each spec is given with its name and its environments.
pub fn check<'p>(specs: impl Iterator<Item = (&'p str, &'p [Platform])> + Clone) -> Vec<Diagnostic> {
    let specs = specs.enumerate().map(|(at, (name, platforms))| ((at, name), platforms));
    let firsts = specs.clone().filter_map(|(spec, platforms)| Some((spec, platforms.first()?)));
    let manifests = firsts.map(|(spec, first)| (spec, first, vec![manifest(first)]));
    let platforms_of_all = specs.clone().flat_map(|(_, platforms)| platforms);
    let platforms = specs.flat_map(|(spec, platforms)| platforms.iter().map(move |platform| (spec, platform)));
    let all = manifests.chain(platforms.map(|(spec, platform)| (spec, platform, claims(platform))));
    let mut taken: BTreeMap<String, Vec<Vec<Claimed>>> = BTreeMap::new();
    for (spec, Platform { scope, .. }, claims) in all {
        for claim in claims {
            let groups = taken.entry(claim.what.clone()).or_default();
            let claimed = Claimed { claim, spec, platform: &scope.platform, environment: &scope.environment };
            match groups.iter_mut().find(|group| group[0].conflicts_with(&claimed)) {
                Some(group) => group.push(claimed),
                None => groups.push(vec![claimed]),
            }
        }
    }
    let conflicts = taken.values().flatten().filter(|group| group.len() > 1);
    conflicts.map(|group| conflict(group)).chain(bucket_in_two_regions(platforms_of_all)).collect()
}

/// The error of the first bucket for states that has two regions.
fn bucket_in_two_regions<'p>(platforms: impl Iterator<Item = &'p Platform>) -> Option<Diagnostic> {
    let mut regions: BTreeMap<&str, &Platform> = BTreeMap::new();
    for platform in platforms {
        let Some(backend) = &platform.root.backend else { continue };
        let first = *regions.entry(backend.bucket.as_str()).or_insert(platform);
        let other = first.root.backend.as_ref().filter(|other| other.region != backend.region);
        if let Some(other) = other {
            let message = format!(
                "the bucket `{}` is in {} for environment `{}`, and in {} for environment `{}`",
                backend.bucket, other.region, first.scope.environment, backend.region, platform.scope.environment
            );
            let fault = Diagnostic::new(&codes::BUCKET_IN_TWO_REGIONS, backend.span, message);
            let fault = if other.span == backend.span { fault } else { fault.and(other.span, "the other one") };
            return Some(fault.help("write the `region` of the bucket under `backend.s3`").at("terraform.backend.s3"));
        }
    }
    None
}

impl Claimed<'_> {
    /// If a spec does not give the account, it could be any account.
    fn conflicts_with(&self, other: &Claimed) -> bool {
        let (one, other) = (&self.claim.account, &other.claim.account);
        one.is_none() || other.is_none() || one == other
    }
}

/// Most places that are marked.
const MARKED: usize = 4;

/// The error of claims of which each conflicts with the first.
fn conflict(group: &[Claimed]) -> Diagnostic {
    let (first, last) = (&group[0].claim, &group[1].claim);
    let mut message =
        format!("{} is defined {}", first.what, if group.len() == 2 { "twice" } else { "more than once" });
    let platforms: BTreeSet<&str> = group.iter().map(|claimed| claimed.platform).collect();
    let environments: BTreeSet<&str> = group.iter().map(|claimed| claimed.environment).collect();
    if first.path == OF_MANIFESTS {
        // The platform is already named.
    } else if platforms.len() > 1 {
        message += &format!(", by the platforms {}", prose::named(platforms.into_iter(), prose::FEW_NAMED));
    } else if environments.len() > 1 {
        message += &format!(", in the environments {}", prose::named(environments.into_iter(), prose::FEW_NAMED));
    }
    message += &in_specs(group);
    let mut places: Vec<Span> = Vec::new();
    group.iter().map(|claimed| claimed.claim.span).for_each(|span| {
        if span != last.span && !places.contains(&span) {
            places.push(span);
        }
    });
    let fault = Diagnostic::new(&codes::CLAIMED_TWICE, last.span, message).at(&last.path);
    let fault = places.into_iter().take(MARKED).fold(fault, |fault, place| fault.and(place, "also defined here"));
    if first.path == OF_MANIFESTS {
        return fault.help("give each spec another `platform`, or describe the environments of one platform in one spec, under `environments`");
    }
    if first.what.starts_with(WORKSPACE) {
        return fault.help("write another `name`, which contains `{environment}` if the environments share it");
    }
    if first.what.starts_with(FOLDER) {
        return fault
            .help("write another `terraform.directory`, which contains `{environment}` if the environments share it");
    }
    if first.what.starts_with(STATE) {
        return fault.help("write another `key`, which contains `{environment}` if the environments share it");
    }
    if first.what.starts_with(REGISTRY) {
        return fault.help(match group.iter().any(|claimed| claimed.platform != group[0].platform) {
            true => "write `registry` in one spec: AWS has these settings once per account and region",
            false if group.iter().any(|claimed| claimed.claim.account.is_none()) => {
                "write `account` in each of these environments; if the accounts are equal, write `registry` in one of them, which also covers the repositories of the others"
            }
            false => "write `registry` in one of these environments: it also covers the repositories of the others",
        });
    }
    fault.help(match group.iter().any(|claimed| claimed.claim.account.is_none()) {
        true => "if they belong to different AWS accounts, write `account` in each spec or environment; otherwise, give them different names, for example with `names: { repository: \"{environment}/{repository}\" }`",
        false => "use different names, or define it in only one place",
    })
}

/// The specs that make the claims, if there are several: a place in a file that they extend does not tell which.
fn in_specs(group: &[Claimed]) -> String {
    let specs: BTreeSet<(usize, &str)> = group.iter().map(|claimed| claimed.spec).collect();
    let names: BTreeSet<&str> = specs.iter().map(|(_, name)| *name).collect();
    match (specs.len(), names.len()) {
        (1, _) => String::new(),
        (_, 1) => format!(", because {} is compiled more than once", prose::named(names.into_iter(), prose::FEW_NAMED)),
        _ => format!(", in {}", prose::named(names.into_iter(), prose::FEW_NAMED)),
    }
}

/// How the claim of a registry begins.
const REGISTRY: &str = "the registry";

/// How the claim of a workspace begins.
const WORKSPACE: &str = "the workspace ";

/// How the claim of a folder begins.
const FOLDER: &str = "the folder ";

/// How the claim of a state begins.
const STATE: &str = "the state ";

/// The path of the claim of a manifest.
const OF_MANIFESTS: &str = "platform";

/// The manifest of a spec, which is named after the platform.
fn manifest(platform: &Platform) -> Claim {
    let what = format!("the platform `{}`", platform.scope.platform);
    Claim { what, account: Some(String::new()), span: platform.span, path: OF_MANIFESTS.into() }
}

fn claims(platform: &Platform) -> Vec<Claim> {
    let scope = &platform.scope;
    let mut claims = Vec::new();
    let mut claim = |what: String, account: bool, span: Span, path: &str| {
        let account = match account {
            // An account with an error is taken to be another one than any other environment's.
            true if scope.unreadable.account => Some(format!("that of {}", scope.environment)),
            true => scope.account.clone(),
            false => Some(String::new()),
        };
        claims.push(Claim { what, account, span, path: path.to_owned() });
    };
    claim(format!("{FOLDER}`{}`", platform.root.directory), false, platform.root.span, "terraform.directory");
    if let Some(backend) = &platform.root.backend {
        // The names of buckets are unique across accounts.
        let path = "terraform.backend.s3.key";
        claim(format!("{STATE}`{}/{}`", backend.bucket, backend.key), false, backend.span, path);
    }
    // A name that is used twice in one spec is reported where names are computed.
    let mut own = BTreeSet::new();
    for repository in &platform.repositories {
        if own.insert(repository.name.clone()) {
            let what = format!("the repository `{}` in {}", repository.name, platform.region);
            claim(what, true, repository.span, &format!("repositories.{}", repository.key));
        }
    }
    for repository in &platform.repositories {
        // A destination that is written twice, or the home region, is reported by a rule.
        let elsewhere: BTreeMap<&str, Span> = repository
            .replicate_to
            .iter()
            .filter(|destination| destination.account.is_none() && destination.region.as_str() != platform.region)
            .map(|destination| (destination.region.as_str(), destination.span))
            .collect();
        for (region, span) in elsewhere {
            let what = format!("the repository `{}` in {region}", repository.name);
            claim(what, true, span, &format!("repositories.{}.replicate_to", repository.key));
        }
    }
    for (region, key) in &platform.replica_keys {
        claim(format!("the KMS key `{}` in {region}", key.alias), true, key.span, "names.key_alias");
    }
    for template in &platform.templates {
        let what = format!("the creation template `{}` in {}", template.prefix(), platform.region);
        claim(what, true, template.created.span, &template.created.path());
    }
    for ServiceRole { role, policy_name, span } in platform.service_roles() {
        claim(format!("the role `{}`", role.name), true, *span, "repository_templates");
        claim(format!("the policy `{policy_name}`"), true, *span, "repository_templates");
    }
    if let Some(key) = &platform.encryption_key {
        claim(format!("the KMS key `{}` in {}", key.alias, platform.region), true, key.span, "names.key_alias");
    }
    if let Some(registry) = &platform.registry {
        claim(format!("{REGISTRY} in {}", platform.region), true, registry.span, "registry");
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
        let instance =
            if let OrVariable::Literal(arn) = &set.instance.value { arn.as_str() } else { "IAM Identity Center" };
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
        let what = format!("{WORKSPACE}`{}/{}`", workspace.organization, workspace.name);
        claim(what, false, platform.place_of(&["workspace.name", "workspace"]), "workspace.name");
    }
    claims
}
