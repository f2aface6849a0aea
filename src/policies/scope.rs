//! What the bootstrap module prepares for the runs, by name, to compare it with what an earlier output had.

use std::collections::BTreeSet;

use super::resource_types::{On, ResourceType};
use super::run_permissions::{ALWAYS, arns as resources, managed};
use super::{Phase, arns, boundary, phase, repository};
use crate::iam::{Part, Text, matches_pattern};
use crate::platform::Platform;
use crate::platform::root_module::variables::Kind;

/// What the bootstrap module prepares besides the repositories of the spec, by name: patterns for the names of repositories,
/// resource types, the ARNs of others, the boundary of the roles and what it allows, and what the workspace knows. Two platforms
/// with the same repositories need the same bootstrap module if they have the same names.
pub fn scope(platform: &Platform) -> BTreeSet<String> {
    let needed = |row: &&ResourceType| !ALWAYS.contains(&row.name) && !row.permissions.is_empty();
    let types = managed(platform).filter(needed).map(|row| row.name.to_owned());
    let on = managed(platform).flat_map(|row| row.permissions).map(|permissions| permissions.on);
    let of_repositories = [On::Repositories, On::RepositoriesWithPolicies, On::DeletableRepositories];
    let on: BTreeSet<On> = on.filter(|on| !of_repositories.contains(on)).collect();
    // What has no narrower ARN than `*` is named by its type.
    let arns = on.into_iter().flat_map(|on| resources(platform, on)).map(|arn| pattern(&arn)).filter(|arn| arn != "*");
    let boundary = boundary::arn(platform).map(|arn| format!("the permissions boundary {}", pattern(&arn)));
    let workspace = platform.workspace.as_ref();
    let keys = arns::keys(platform).into_iter().map(|key| pattern(&key));
    let beyond = boundary::beyond(platform).map(|what| format!("{BOUNDARY_ALLOWS}{what}"));
    let key_policy = platform.encryption_key.as_ref().filter(|_| workspace.is_some()).map(|_| KEY_POLICY.to_owned());
    let directory = workspace.map(|_| format!("{WORKING_DIRECTORY}{}", platform.root.directory));
    let variables = platform.variables.iter().filter(|(_, variable)| variable.is_passed_on());
    let variables = variables.map(|(name, variable)| match &variable.kind {
        Kind::Text(Some(default)) => format!("{VARIABLE}{name} with the default {default}"),
        _ => format!("{VARIABLE}{name}"),
    });
    let settings: BTreeSet<String> = keys
        .chain(beyond)
        .chain(key_policy)
        .chain(directory)
        .chain(variables.filter(|_| workspace.is_some()))
        .collect();
    let attached = Phase::ALL.into_iter().flat_map(|phase| {
        let attached = workspace.into_iter().flat_map(move |one| phase.existing_policies(one));
        attached.map(move |policy| {
            format!("the policy {} of the {} role", phase::policy_name(&policy.value), phase.as_str())
        })
    });
    let attached: BTreeSet<String> = attached.collect();
    let protected = platform.access.iter().filter(|access| access.is_protected);
    let protected = protected.map(|access| format!("the policy {} of existing roles", access.policy_name));
    let workspace = workspace.map(|one| format!("the workspace {}/{}/{}", one.organization, one.project, one.name));
    // Without repository policies, a run only deletes the last one, which it always can.
    let policies = repository::some_have_policies(platform).then(|| "writing repository policies".to_owned());
    let replicas = arns::managed_regions(platform).into_iter().skip(1).map(|region| format!("{REPLICAS_IN}{region}"));
    let patterns = arns::managed_patterns(platform).map(|pattern| format!("{REPOSITORIES_NAMED}{pattern}"));
    types
        .chain(policies)
        .chain(arns)
        .chain(boundary)
        .chain(workspace)
        .chain(patterns)
        .chain(replicas)
        .chain(attached)
        .chain(protected)
        .chain(settings)
        .collect()
}

/// In a [`scope`], before what the boundary allows besides every verb on the repositories.
pub const BOUNDARY_ALLOWS: &str = "the boundary allows ";

/// In a [`scope`], before the folder of the root module.
pub const WORKING_DIRECTORY: &str = "the working directory ";

/// In a [`scope`], before a variable that the bootstrap module passes on to the workspace.
pub const VARIABLE: &str = "the variable ";

/// In a [`scope`]: the policy of the KMS key lets the apply role manage the key.
pub const KEY_POLICY: &str = "the policy of the KMS key";

/// In a [`scope`], before a region in which runs manage replicas of the repositories.
pub const REPLICAS_IN: &str = "replicas in ";

/// In a [`scope`], before a pattern for the names of repositories.
pub const REPOSITORIES_NAMED: &str = "repositories named ";

/// Whether a pattern in a [`scope`] covers the name of a repository.
pub fn covers(scope: &BTreeSet<String>, name: &str) -> bool {
    let mut patterns = scope.iter().filter_map(|what| what.strip_prefix(REPOSITORIES_NAMED));
    patterns.any(|pattern| matches_pattern(pattern, name))
}

/// An ARN with `*` for what only the account or the root module knows.
fn pattern(arn: &Text) -> String {
    let parts = arn.parts().iter().map(|part| match part {
        Part::Literal(literal) => literal.as_str(),
        Part::Symbol(_) => "*",
    });
    parts.collect()
}
