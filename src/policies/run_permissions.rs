//! The permissions that Terraform needs to manage the output: the permission policies of the plan and apply roles.
//!
//! The policies are computed from the resource types that the root module contains, those that every platform can have,
//! and those that `removed` names: a run must still be able to delete what the spec no longer has. The actions are those that
//! the AWS provider calls to read, create, change and delete each type (names from the Service Authorization
//! Reference). The plan role has no write actions, because anyone who opens a pull request controls what a plan
//! executes.
//!
//! An apply writes policies, and a principal that can write policies can grant itself anything that a policy can grant.
//! Therefore, an apply can only change roles and policies on the path of the platform, and can only create roles and
//! attach policies to them within the [`boundary`](mod@super::boundary). It can change neither that boundary nor the
//! permissions of the runs. Two cases remain: permission sets, and existing roles that the spec names. They don't have
//! the boundary of ecrgen, and an apply can attach any policy to them that it has written, unless the bootstrap module creates the
//! policies of the existing roles (`workspace.protect_existing_roles`).

use std::collections::{BTreeMap, BTreeSet};

use super::bindings::partition;
use super::resource_types::{self, On, ResourceType};
use super::{Phase, arns, boundary, encryption_key, provider, replication, repository};
use crate::iam::{ActionPattern, Document, Operator, Statement, Symbol, Text, arn};
use crate::platform::access::iam::Boundary;
use crate::platform::registry::scanning::Scanner;
use crate::platform::{Platform, Registry};
use crate::principals::sid;

/// The resource types that runs can always manage, so that removing the last resource of a type does not take the
/// permission to delete it. Their permissions cover only the repositories of the platform, and the roles and policies on its
/// path.
pub(super) const ALWAYS: &[&str] = &[
    "aws_ecr_repository",
    "aws_ecr_lifecycle_policy",
    "aws_ecr_repository_policy",
    "aws_iam_role",
    "aws_iam_policy",
    "aws_iam_role_policy_attachment",
];

/// The resource types that runs manage.
pub(super) fn managed(platform: &Platform) -> impl Iterator<Item = &'static ResourceType> {
    let removed = platform.removed.keys().filter_map(|name| resource_types::of_address(name));
    // An administrator applies the bootstrap module, so its resources are not the runs' concern.
    let in_root = removed.filter(|(row, label)| {
        !row.is_only_in_bootstrap(label) && (row.name, *label) != ("aws_iam_openid_connect_provider", "hcp")
    });
    let removed: BTreeSet<&str> = in_root.map(|(row, _)| row.name).collect();
    let is_managed =
        move |row: &&ResourceType| (row.in_root)(platform) || ALWAYS.contains(&row.name) || removed.contains(row.name);
    resource_types::all().filter(is_managed)
}

/// The permission policy of a phase.
pub fn policy(platform: &Platform, phase: Phase) -> Document {
    let managed = || managed(platform);
    let mut granted: BTreeMap<On, BTreeSet<&'static str>> = BTreeMap::new();
    for permissions in managed().flat_map(|row| row.permissions) {
        let on = match permissions.on {
            On::RepositoriesWithPolicies if repository::some_have_policies(platform) => On::Repositories,
            On::RepositoriesWithPolicies => continue,
            on => on,
        };
        let actions = granted.entry(on).or_default();
        actions.extend(permissions.reads);
        if phase == Phase::Apply {
            actions.extend(permissions.writes);
        }
    }
    let granted = granted.into_iter().filter(|(_, actions)| !actions.is_empty());
    let mut statements: Vec<Statement> = granted.filter_map(|(on, actions)| statement(platform, on, actions)).collect();
    if phase == Phase::Apply {
        statements.extend(key_grants(platform));
        if managed().any(|row| row.name.starts_with("aws_iam_")) {
            statements.extend(denials(platform));
        }
    }
    Document::new(statements)
}

/// The statement for one kind of resource, or `None` if the platform has no such resources.
fn statement(platform: &Platform, on: On, actions: BTreeSet<&'static str>) -> Option<Statement> {
    let arns = arns(platform, on);
    if arns.is_empty() {
        return None;
    }
    let mut statement = Statement::allow(actions.into_iter().map(action)).sid(sid(&format!("{on:?}"))).on(arns);
    if matches!(on, On::Attachments | On::Detachments | On::FormerAttachments) {
        statement = statement.when(Operator::ARN_LIKE, "iam:PolicyARN", arns::on_path(platform, "policy"));
    }
    if on == On::OtherAttachments {
        statement = statement.when(Operator::ARN_LIKE, "iam:PolicyARN", arns::of_existing_roles_policies(platform));
    }
    if on == On::EcrRoles {
        statement = statement.when(
            Operator::STRING_EQUALS,
            "iam:PassedToService",
            ["ecr.amazonaws.com", "pullthroughcache.ecr.amazonaws.com"],
        );
    }
    if on == On::PodRoles {
        statement = statement.when(Operator::STRING_EQUALS, "iam:PassedToService", ["pods.eks.amazonaws.com"]);
    }
    // CloudWatch user guide, "Using condition keys to limit alarm actions".
    if on == On::NotifyingAlarms {
        let topics = Text::from("arn:").symbol(Symbol::Partition).literal(":sns:*");
        statement = statement.when(Operator::ALL_STRING_LIKE, "cloudwatch:AlarmActions", [topics]);
    }
    if on == On::ReplicationRole {
        statement = statement.when(Operator::STRING_EQUALS, "iam:AWSServiceName", [replication::SERVICE]);
    }
    if on == On::InspectorRole {
        statement = statement.when(Operator::STRING_EQUALS, "iam:AWSServiceName", [INSPECTOR]);
    }
    if matches!(on, On::BoundedRoles | On::Attachments) {
        let boundary = boundary::arn(platform).into_iter();
        statement = boundary
            .fold(statement, |statement, arn| statement.when(Operator::ARN_EQUALS, "iam:PermissionsBoundary", [arn]));
    }
    Some(statement)
}

/// What an apply is always denied: removing a boundary, and changing its own permissions.
fn denials(platform: &Platform) -> Vec<Statement> {
    let bootstrap = platform.iam.bootstrap_path();
    let own = ["role", "policy"].map(|kind| arn::iam(&format!("{kind}{bootstrap}*")));
    let given = boundary::arn(platform).filter(|_| matches!(platform.iam.boundary, Some(Boundary::Existing(_))));
    vec![
        Statement::deny([action("iam:DeleteRolePermissionsBoundary")])
            .sid(sid("KeepBoundaries"))
            .on([arn::iam("role/*")]),
        Statement::deny([action("iam:*")]).sid(sid("KeepOwnRights")).on(own.into_iter().chain(given)),
    ]
}

fn action(name: &str) -> ActionPattern {
    name.parse().expect("actions in the source code are well-formed")
}

/// The ARNs of the resources of a kind.
pub(super) fn arns(platform: &Platform, on: On) -> Vec<Text> {
    let name = platform.scope.base_name();
    let regional = |service: &str, resource: String| arns::regional(platform, service, &resource);
    match on {
        On::Repositories | On::RepositoriesWithPolicies => arns::managed_repositories(platform),
        On::DeletableRepositories => arns::deletable_repositories(platform),
        On::Created => arns::created(platform),
        On::CreatedWithLifecycle => arns::created_if(platform, |created| created.lifecycle.is_some()),
        On::CreatedWithPolicies => {
            let entries = repository::entries(platform);
            arns::created_if(platform, |created| repository::has_policy(platform, &entries, created))
        }
        On::EcrRoles => {
            let roles = platform.service_roles().map(|role| format!("role{}{}", platform.iam.path, role.role.name));
            roles.map(|role| arn::iam(&role)).collect()
        }
        On::ServiceLinkedRoles => vec![arn::iam("role/aws-service-role/*ecr.amazonaws.com/AWSServiceRoleForECR*")],
        On::Roles | On::PodRoles | On::BoundedRoles | On::Attachments | On::Detachments => {
            arns::on_path(platform, "role")
        }
        On::Policies => arns::on_path(platform, "policy"),
        On::OtherRoles | On::OtherAttachments => arns::existing_roles(platform),
        On::FormerAttachments if arns::protects_existing_roles(platform) => arns::existing_roles(platform),
        On::FormerAttachments => Vec::new(),
        On::OidcProviders => oidc_providers(platform),
        On::OtherOidcProviders => looked_up_providers(platform),
        On::Clusters => {
            arns::clusters(platform).iter().map(|name| regional("eks", format!("cluster/{name}"))).collect()
        }
        On::PodIdentity => arns::pod_clusters(platform)
            .into_iter()
            .flat_map(|name| [format!("cluster/{name}"), format!("podidentityassociation/{name}/*")])
            .map(|resource| regional("eks", resource))
            .collect(),
        On::AnyKey => arns::any_key_like_ours(platform),
        On::KeyAlias => arns::key_aliases(platform),
        On::ReplicationRole => vec![replication::service_role()],
        On::PermissionSets => arns::permission_sets(platform),
        On::Trail => vec![regional("cloudtrail", format!("trail/{name}"))],
        On::Bucket => {
            let bucket = format!(":s3:::{}", platform.scope.trail_bucket_prefix());
            vec![Text::from("arn:").symbol(Symbol::Partition).literal(&bucket).symbol(Symbol::AccountId)]
        }
        On::Rule => vec![regional("events", format!("rule/{name}-*"))],
        On::Alarms | On::NotifyingAlarms => vec![regional("cloudwatch", format!("alarm:{name}-*"))],
        On::Topics => vec![regional("sns", format!("{name}-*"))],
        On::LogGroup => {
            let group = format!("log-group:{}", platform.scope.log_group());
            vec![regional("logs", group.clone()), regional("logs", format!("{group}:*"))]
        }
        On::Inspector if uses_inspector(platform) => vec![Text::from("*")],
        On::InspectorRole if uses_inspector(platform) => {
            vec![arn::iam(&format!("role/aws-service-role/{INSPECTOR}/AWSServiceRoleForAmazonInspector2"))]
        }
        On::Inspector | On::InspectorRole => Vec::new(),
        On::Everything => vec![Text::from("*")],
    }
}

/// The principal of Amazon Inspector (Amazon Inspector user guide, "Using service-linked roles for Amazon Inspector").
const INSPECTOR: &str = "inspector2.amazonaws.com";

/// Whether runs turn enhanced scanning on, or still have to turn it off.
fn uses_inspector(platform: &Platform) -> bool {
    let is_enhanced = |registry: &Registry| registry.scanning.scanner == Scanner::Enhanced;
    let mut removed = platform.removed.keys().filter_map(|name| resource_types::of_address(name));
    platform.registry.as_ref().is_some_and(is_enhanced)
        || removed.any(|(row, _)| row.permissions.iter().any(|permissions| permissions.on == On::Inspector))
}

/// The pattern for an issuer of which only the label in Terraform is left: a label has `_` for `.` and `-`, and `__` for `/`.
fn labeled(label: &str) -> String {
    label.trim_start_matches('_').replace("__", "?").replace('_', "?")
}

/// The OIDC providers that runs create or still have to delete, by their issuers. The issuer of a cluster has a random
/// ID, which only the cluster knows.
fn oidc_providers(platform: &Platform) -> Vec<Text> {
    let made = provider::made_in_root(platform).map(|provider| provider.issuer);
    let removed = platform.removed.keys().filter_map(|name| resource_types::of_address(name));
    let removed = removed.filter(|(row, label)| row.name == "aws_iam_openid_connect_provider" && *label != "hcp");
    let removed = removed.flat_map(|(_, label)| match provider::issuer_of_label(platform, label) {
        Some(issuer) => vec![Some(issuer)],
        None => vec![None, Some(labeled(label))],
    });
    let of_cluster = || {
        let (_, suffix) = partition(&platform.region);
        format!("oidc.eks.*.{suffix}/id/*")
    };
    let issuers = made.chain(removed).map(|issuer| issuer.unwrap_or_else(of_cluster));
    let issuers: BTreeSet<String> = issuers.collect();
    issuers.into_iter().map(|issuer| arn::iam(&format!("oidc-provider/{issuer}"))).collect()
}

/// The OIDC providers that runs only look up.
fn looked_up_providers(platform: &Platform) -> Vec<Text> {
    let urls = provider::looked_up_in_root(platform).map(|(_, url, _)| url);
    let arn = |url: String| arn::iam(&format!("oidc-provider/{}", url.trim_start_matches("https://")));
    urls.map(arn).collect()
}

/// When a repository is created, ECR creates two grants on its key with the permissions of the caller (ECR user guide,
/// "Encryption at rest"). The AWS managed key allows this automatically. For a key of the account, this statement names
/// the key, or any key if only the root module knows the ARN. In both cases, it only applies to requests through ECR.
fn key_grants(platform: &Platform) -> Option<Statement> {
    let keys = arns::keys(platform);
    let grants = Statement::allow(encryption_key::USE.map(action)).sid(sid("Keys")).on(keys.clone());
    let regions = arns::managed_regions(platform).into_iter();
    let grants = grants.when(Operator::STRING_LIKE, "kms:ViaService", regions.map(encryption_key::via_ecr));
    (!keys.is_empty()).then_some(grants)
}
