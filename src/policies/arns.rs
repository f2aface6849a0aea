//! ARNs of the resources that a platform creates or names, as far as they are known outside its root module.

use std::collections::BTreeSet;

use super::{provider, resource_types};
use crate::iam::{Symbol, Text, arn};
use crate::platform::replication;
use crate::platform::{Access, Encryption, EncryptionKey, Platform, Removal, Repository};
use crate::principals::{ArnReference, Means, Pods};
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};

/// The repositories that runs of the workspace manage: those that its patterns cover, those of the spec, and those that the
/// next apply removes from the state or renames, each with its replicas. Runs can manage a replica of each of them in every
/// region with replicas, so that another repository can be replicated there without a change of their permissions.
pub fn managed_repositories(platform: &Platform) -> Vec<Text> {
    in_regions(&managed_names(platform), &managed_regions(platform))
}

/// The same repositories in all regions of the account that images are replicated to, by this module or by ECR alone.
pub fn reachable_repositories(platform: &Platform) -> Vec<Text> {
    in_regions(&managed_names(platform), &reachable_regions(platform))
}

/// The home region, and the regions where the root module has replicas.
pub fn managed_regions(platform: &Platform) -> Vec<&str> {
    std::iter::once(platform.region.as_str()).chain(replication::managed_regions(platform)).collect()
}

/// The home region, and the regions of the account that images are replicated to.
pub fn reachable_regions(platform: &Platform) -> Vec<&str> {
    let own = platform.repositories.iter().flat_map(own_replicas);
    let regions: BTreeSet<&str> = own.collect();
    std::iter::once(platform.region.as_str()).chain(regions).collect()
}

/// The regions of the account that the images of a repository are replicated to.
fn own_replicas(repository: &Repository) -> impl Iterator<Item = &str> {
    let own = repository.replicate_to.iter().filter(|destination| destination.account.is_none());
    own.map(|destination| destination.region.as_str())
}

/// The replicas of a repository in the account.
pub fn replicas(repository: &Repository) -> impl Iterator<Item = Text> {
    own_replicas(repository).map(|region| in_region(region, &repository.name))
}

fn in_regions(names: &BTreeSet<&str>, regions: &[&str]) -> Vec<Text> {
    regions.iter().flat_map(|region| names.iter().map(|name| in_region(region, name))).collect()
}

/// The repository with this name or pattern in a region of the account.
pub fn in_region(region: &str, name: &str) -> Text {
    arn::regional("ecr", &Text::from(region), &Symbol::AccountId.into(), &format!("repository/{name}"))
}

/// The patterns for the names of the repositories that runs of the workspace manage, and the names that no pattern covers.
pub fn managed_names(platform: &Platform) -> BTreeSet<&str> {
    let patterns = managed_patterns(platform);
    let present = platform.repositories.iter().map(|repository| repository.name.as_str());
    let names = present.chain(former_names(platform).map(|(_, name)| name));
    let covered = |name: &str| platform.workspace.as_ref().is_some_and(|workspace| workspace.covers(name));
    patterns.chain(names.filter(|name| !covered(name))).collect()
}

/// The patterns of `workspace.manages`.
pub fn managed_patterns(platform: &Platform) -> impl Iterator<Item = &str> {
    platform.workspace.iter().flat_map(|workspace| &workspace.manages).map(|pattern| pattern.as_str())
}

/// The keys that repositories had, and the names in AWS that follow from them. A Terraform address under `removed` can have
/// the form of a key.
fn former_names(platform: &Platform) -> impl Iterator<Item = (&str, &str)> {
    let names = platform.former_names.iter().filter(|(key, _)| resource_types::of_address(key).is_none());
    names.map(|(key, name)| (key.as_str(), name.as_str()))
}

/// The repositories that the spec lets Terraform delete, now or in the next change.
pub fn deletable_repositories(platform: &Platform) -> Vec<Text> {
    let marked = platform.repositories.iter().filter(|repository| repository.force_delete.is_some());
    let marked = marked.map(|repository| repository.name.as_str());
    let is_deleted = |key: &str| platform.removed.get(key).is_some_and(|removal| removal.value == Removal::Delete);
    let removed = former_names(platform).filter(|(key, _)| is_deleted(key)).map(|(_, name)| name);
    in_regions(&marked.chain(removed).collect(), &managed_regions(platform))
}

/// The repositories with this name or pattern.
pub fn repository(platform: &Platform, name: &str) -> Text {
    regional(platform, "ecr", &format!("repository/{name}"))
}

/// A resource in the region of the platform.
pub fn regional(platform: &Platform, service: &str, resource: &str) -> Text {
    platform.setting().regional_arn(service, resource)
}

/// All roles or policies on the path of the platform.
pub fn on_path(platform: &Platform, kind: &str) -> Vec<Text> {
    vec![arn::iam(kind).literal(&platform.iam.path).literal("*")]
}

/// A permission policy of the bootstrap module, by its name or a pattern for it.
pub fn of_protected_policy(platform: &Platform, name: &str) -> Text {
    arn::iam(&format!("policy{}{name}", platform.iam.bootstrap_path()))
}

/// Whether the bootstrap module creates the policies of existing roles.
pub fn protects_existing_roles(platform: &Platform) -> bool {
    platform.access.iter().any(|access| access.is_protected)
}

/// The policies that runs can attach to existing roles: those of the bootstrap module, which no run can change, or else any on the
/// path of the platform. A policy that is split has more names, with the same beginning.
pub fn of_existing_roles_policies(platform: &Platform) -> Vec<Text> {
    let protected = platform.access.iter().filter(|access| access.is_protected);
    let protected: Vec<Text> =
        protected.map(|access| of_protected_policy(platform, &format!("{}*", access.policy_name))).collect();
    if protected.is_empty() { on_path(platform, "policy") } else { protected }
}

/// The existing roles that entries name. The path of a role that is given by name is unknown. Role names are unique in
/// an account, so these ARNs match the name with and without a path.
pub fn existing_roles(platform: &Platform) -> Vec<Text> {
    let mut arns = Vec::new();
    for role in platform.access.iter().flat_map(|access| &access.attached) {
        let these = of_existing_role(&role.value);
        arns.extend(these.into_iter().filter(|arn| !arns.contains(arn)).collect::<Vec<_>>());
    }
    arns
}

/// The ARNs that an existing role can have.
pub fn of_existing_role(role: &OrVariable<RoleRef>) -> Vec<Text> {
    let on_any_path = |name: Text| vec![arn::iam("role/").then(&name), arn::iam("role/*/").then(&name)];
    match role {
        OrVariable::Literal(role) if role.as_str().starts_with("arn:") => vec![Text::from(role.as_str())],
        OrVariable::Literal(role) => on_any_path(Text::from(role.name())),
        OrVariable::Variable(variable) if variable.holds_arn => {
            vec![ArnReference::Variable(variable.name.as_str().to_owned()).arn()]
        }
        OrVariable::Variable(variable) => {
            on_any_path(ArnReference::RoleOfVariable(variable.name.as_str().to_owned()).arn())
        }
        OrVariable::Reference(reference) => vec![ArnReference::Reference(reference.as_str().to_owned()).arn()],
    }
}

/// The clusters whose issuer is looked up, or `*` for a cluster whose name is only known during the apply.
pub fn clusters(platform: &Platform) -> BTreeSet<&str> {
    provider::clusters(platform).into_iter().map(|(_, pods)| known_name(pods)).collect()
}

/// The clusters whose service accounts get roles through Pod Identity.
pub fn pod_clusters(platform: &Platform) -> BTreeSet<&str> {
    platform.access.iter().filter_map(|access| access.associated()).map(known_name).collect()
}

fn known_name(pods: &Pods) -> &str {
    if let OrVariable::Literal(name) = &pods.cluster { name.as_str() } else { "*" }
}

/// Instances of IAM Identity Center, their permission sets, and the accounts that the permission sets are assigned to.
pub fn permission_sets(platform: &Platform) -> Vec<Text> {
    let ids: BTreeSet<&str> = platform.access.iter().filter_map(identity_center).collect();
    let of = ids.into_iter().flat_map(|id| [format!("instance/{id}"), format!("permissionSet/{id}/*")]);
    let arn = |resource: String| Text::from("arn:").symbol(Symbol::Partition).literal(&format!(":sso:::{resource}"));
    of.chain(["account/*".to_owned()]).map(arn).collect()
}

/// The ID of the Identity Center instance of an entry's permission set, or `*` if it is only known during the apply.
fn identity_center(access: &Access) -> Option<&str> {
    match access.principal.means() {
        Means::PermissionSet(set) => Some(match &set.instance.value {
            OrVariable::Literal(arn) => arn.id(),
            OrVariable::Variable(_) | OrVariable::Reference(_) => "*",
        }),
        _ => None,
    }
}

/// Any KMS key of the account in the regions where ecrgen creates one, whose ID is not known yet.
pub fn any_key_like_ours(platform: &Platform) -> Vec<Text> {
    let of_alerts = platform.monitoring.alerts.iter().any(|alert| alert.is_encrypted);
    let home = (platform.encryption_key.is_some() || of_alerts).then_some(platform.region.as_str());
    home.into_iter().chain(platform.replica_keys.keys().map(String::as_str)).map(any_key).collect()
}

/// The aliases of the keys that ecrgen creates.
pub fn key_aliases(platform: &Platform) -> Vec<Text> {
    let home = platform.encryption_key.iter().map(|key| (platform.region.as_str(), key));
    let replicas = platform.replica_keys.iter().map(|(region, key)| (region.as_str(), key));
    let arn = |(region, key): (&str, &EncryptionKey)| {
        arn::regional("kms", &Text::from(region), &Symbol::AccountId.into(), &key.alias)
    };
    home.chain(replicas).map(arn).collect()
}

fn any_key(region: &str) -> Text {
    arn::regional("kms", &Text::from(region), &Symbol::AccountId.into(), "key/*")
}

/// The patterns for what ECR creates from templates.
pub fn created(platform: &Platform) -> Vec<Text> {
    created_if(platform, |_| true)
}

/// The patterns for what ECR creates from those templates whose repositories have a property.
pub fn created_if(platform: &Platform, is: impl Fn(&Repository) -> bool) -> Vec<Text> {
    let created = platform.templates.iter().map(|template| &template.created).filter(|created| is(created));
    created.map(|created| repository(platform, &created.name)).collect()
}

/// The KMS keys of the account that encrypt what ECR creates from templates.
pub fn keys_of_created(platform: &Platform) -> BTreeSet<Text> {
    let created = platform.templates.iter().map(|template| &template.created.encryption);
    keys_of(created.map(|encryption| (platform.region.as_str(), encryption)))
}

/// The KMS keys of the account that encrypt repositories and replicas.
pub fn keys(platform: &Platform) -> BTreeSet<Text> {
    let home = platform.repositories.iter().map(|repository| (platform.region.as_str(), &repository.encryption));
    let replicas = platform.repositories.iter().flat_map(|repository| repository.replicas());
    let replicas = replicas.map(|(region, managed)| (region, &managed.encryption));
    keys_of(home.chain(replicas))
}

/// The KMS keys of encryptions in these regions. A key whose ARN only the root module knows becomes any key of its region.
fn keys_of<'p>(encryptions: impl Iterator<Item = (&'p str, &'p Spanned<Encryption>)>) -> BTreeSet<Text> {
    let keys = encryptions.filter_map(|(region, encryption)| match &encryption.value {
        Encryption::KmsKey(OrVariable::Literal(key)) if key.as_str().contains(":key/") => {
            Some(Text::from(key.as_str()))
        }
        Encryption::KmsKey(_) | Encryption::KmsCreate => Some(any_key(region)),
        Encryption::Aes256 | Encryption::Kms | Encryption::KmsDsse => None,
    });
    keys.collect()
}
