//! The permissions boundary: the maximum permissions of the roles that ecrgen creates.
//!
//! Anyone who can write and attach policies can grant themselves any permission. The apply role of the workspace can do
//! this, so the roles that it creates have a boundary that it cannot change (IAM user guide, "Permissions boundaries
//! for IAM entities"). Regardless of their policies, these roles can do no more than the boundary allows.

use std::collections::BTreeSet;

use super::permission::{self, actions, granting};
use super::{arns, service_role};
use crate::iam::{Action, Bindings, Document, PolicyKind, Text, Verb, arn};
use crate::platform::Platform;
use crate::platform::access::Access;
use crate::platform::access::iam::Boundary;
use crate::platform::naming::common_prefix;
use crate::principals::text;

/// Every role can sign in to the registry.
const LOGIN: &str = "ecr:GetAuthorizationToken";

/// The ARN of the boundary, if the roles that ecrgen creates have one.
pub fn arn(platform: &Platform) -> Option<Text> {
    Some(match platform.iam.boundary.as_ref()? {
        Boundary::Made(name) => arn::iam(&format!("policy{}{name}", platform.iam.bootstrap_path())),
        Boundary::Existing(arn) => text(arn),
    })
}

/// A boundary for this platform. It allows every verb, and every action that an entry names, on the repositories.
///
/// It does not depend on which entry has which verb, so an administrator must apply it again only when repositories are
/// added or removed that no pattern of the workspace covers. A role has one boundary, which cannot be split. If there are too
/// many repositories for one policy, the boundary uses the common prefix of their names instead.
pub(super) fn policy(platform: &Platform, bindings: &Bindings) -> Document {
    let exact = document(platform, arns::reachable_repositories(platform));
    let prefix = match arns::managed_names(platform).into_iter().reduce(common_prefix) {
        Some(prefix) if !PolicyKind::Managed.fits(&exact, bindings) => prefix,
        _ => return exact,
    };
    let pattern = format!("{}*", prefix.trim_end_matches('*'));
    document(
        platform,
        arns::reachable_regions(platform).into_iter().map(|region| arns::in_region(region, &pattern)).collect(),
    )
}

/// What the boundary covers that no workspace manages: what ECR creates from templates, and repositories outside of the spec.
pub(super) fn others(platform: &Platform) -> impl Iterator<Item = Text> {
    let created = platform.all_created().map(|created| arns::repository(platform, &created.name));
    created.chain(outside(platform))
}

fn document(platform: &Platform, repositories: Vec<Text>) -> Document {
    // The role that ECR creates repositories with has the boundary too.
    let creates = service_role::templates_with_role(platform).next().map(|_| Action::named("ecr:ReplicateImage"));
    let all: BTreeSet<&'static Action> =
        of_verbs().chain(with_roles(platform).flat_map(actions)).chain(creates).collect();
    let others: BTreeSet<Text> = others(platform).collect();
    let mut document = granting(all, repositories.into_iter().chain(others).collect());
    document.statements.extend(service_role::keys(platform));
    document.statements.extend(service_role::pulling(platform).map(|pulling| pulling.statements).unwrap_or_default());
    document
}

/// The actions of every verb, and the one that signs in.
fn of_verbs() -> impl Iterator<Item = &'static Action> {
    Verb::ALL.into_iter().flat_map(Verb::actions).chain([Action::named(LOGIN)])
}

/// The entries whose roles ecrgen creates.
fn with_roles(platform: &Platform) -> impl Iterator<Item = &Access> {
    platform.access.iter().filter(|access| !access.roles.is_empty())
}

/// What the boundary allows in addition to every verb on the repositories: actions, and the ARNs of repositories outside of the spec.
pub(super) fn beyond(platform: &Platform) -> impl Iterator<Item = String> {
    let made = matches!(platform.iam.boundary, Some(Boundary::Made(_))) && platform.workspace.is_some();
    let verbs: BTreeSet<&Action> = of_verbs().collect();
    let named = with_roles(platform).flat_map(actions).filter(move |action| !verbs.contains(action));
    let named = named.map(|action| action.name.to_owned());
    let arns = with_roles(platform).flat_map(|access| &access.outside).map(|arn| arn.as_str().to_owned());
    let elsewhere = arns::reachable_regions(platform).into_iter().skip(1).map(|region| format!("replicas in {region}"));
    let created = platform.all_created().map(|created| format!("repositories named {}", created.name));
    let upstream = service_role::pulling(platform).map(|_| "pulling from registries of other accounts".to_owned());
    named.chain(arns).chain(elsewhere).chain(created).chain(upstream).filter(move |_| made)
}

/// The repositories outside of the spec that the roles of the entries get access to.
pub(super) fn outside(platform: &Platform) -> impl Iterator<Item = Text> {
    with_roles(platform).flat_map(permission::outside)
}
