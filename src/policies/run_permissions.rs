//! What Terraform needs to manage the output: the permission policies of HCP Terraform's plan and apply roles.
//!
//! The policies are computed from the resource types that the root module really holds. Actions follow
//! what the AWS provider calls to read, and to make, change and delete each type (Service Authorization
//! Reference for their names). Plan gets none that writes: whoever opens a pull request decides what a
//! plan runs.
//!
//! An apply writes policies, and whoever writes policies can grant himself whatever they can grant. So an apply may
//! touch roles and policies on the platform's path only, may make and equip roles only within the
//! [`boundary`](mod@super::boundary), and can change neither that boundary nor the rights of the runs themselves. What is
//! left: permission sets, and the roles that are there already and that the spec names, which have no boundary of ours and
//! to which an apply can attach any policy that it has written.

use std::collections::{BTreeMap, BTreeSet};

use super::resource_types::{self, On};
use super::{Phase, arns, boundary, encryption_key};
use crate::iam::{ActionPattern, Document, Operator, Statement, Symbol, Text, arn};
use crate::platform::Platform;
use crate::platform::access::iam::Boundary;
use crate::principals::sid;

/// The permission policy of a phase.
pub fn policy(platform: &Platform, phase: Phase) -> Document {
    let managed = || resource_types::all().filter(|row| (row.in_root)(platform));
    let mut granted: BTreeMap<On, BTreeSet<&'static str>> = BTreeMap::new();
    for permissions in managed().flat_map(|row| row.permissions) {
        let actions = granted.entry(permissions.on).or_default();
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

/// None where the platform has no such resources.
fn statement(platform: &Platform, on: On, actions: BTreeSet<&'static str>) -> Option<Statement> {
    let arns = arns(platform, on);
    if arns.is_empty() {
        return None;
    }
    let mut statement = Statement::allow(actions.into_iter().map(action)).sid(sid(&format!("{on:?}"))).on(arns);
    if matches!(on, On::Attachments | On::Detachments | On::OtherAttachments) {
        statement = statement.when(Operator::ARN_LIKE, "iam:PolicyARN", arns::on_path(platform, "policy"));
    }
    if on == On::PodRoles {
        statement = statement.when(Operator::STRING_EQUALS, "iam:PassedToService", ["pods.eks.amazonaws.com"]);
    }
    if matches!(on, On::BoundedRoles | On::Attachments) {
        let boundary = boundary::arn(platform).into_iter();
        statement = boundary
            .fold(statement, |statement, arn| statement.when(Operator::ARN_EQUALS, "iam:PermissionsBoundary", [arn]));
    }
    Some(statement)
}

/// What an apply cannot do, whatever else it may: loosen a boundary, or change its own rights.
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
    name.parse().expect("an action of this program is well-formed")
}

fn arns(platform: &Platform, on: On) -> Vec<Text> {
    let name = platform.scope.base_name();
    let regional = |service: &str, resource: String| arns::regional(platform, service, &resource);
    match on {
        On::Repositories => arns::repositories(platform),
        On::Roles | On::PodRoles | On::BoundedRoles | On::Attachments | On::Detachments => {
            arns::on_path(platform, "role")
        }
        On::Policies => arns::on_path(platform, "policy"),
        On::OtherRoles | On::OtherAttachments => arns::existing_roles(platform),
        On::OidcProviders => vec![arn::iam("oidc-provider/*")],
        On::Clusters => {
            arns::clusters(platform).iter().map(|name| regional("eks", format!("cluster/{name}"))).collect()
        }
        On::PodIdentity => arns::pod_clusters(platform)
            .into_iter()
            .flat_map(|name| [format!("cluster/{name}"), format!("podidentityassociation/{name}/*")])
            .map(|resource| regional("eks", resource))
            .collect(),
        On::AnyKey => vec![arns::any_key(platform)],
        On::KeyAlias => {
            let alias = platform.encryption_key.iter().map(|key| regional("kms", key.alias.clone()));
            alias.chain([arns::any_key(platform)]).collect()
        }
        On::PermissionSets => arns::permission_sets(platform),
        On::Trail => vec![regional("cloudtrail", format!("trail/{name}"))],
        On::Bucket => {
            let bucket = format!(":s3:::{}", platform.scope.trail_bucket_prefix());
            vec![Text::from("arn:").symbol(Symbol::Partition).literal(&bucket).symbol(Symbol::AccountId)]
        }
        On::Rule => vec![regional("events", format!("rule/{name}-*"))],
        On::LogGroup => {
            let group = format!("log-group:{}", platform.scope.log_group());
            vec![regional("logs", group.clone()), regional("logs", format!("{group}:*"))]
        }
        On::Everything => vec![Text::from("*")],
    }
}

/// ECR makes two grants on a key of the account as the principal that creates the repository (ECR user
/// guide, "Encryption at rest"). AWS's own key lets it; a key of the account has to be named here, or where only the
/// root module knows its ARN any key, and either by way of ECR only.
fn key_grants(platform: &Platform) -> Option<Statement> {
    let keys = arns::keys(platform);
    let grants = Statement::allow(encryption_key::USE.map(action)).sid(sid("Keys")).on(keys.clone());
    let grants = grants.when(Operator::STRING_LIKE, "kms:ViaService", [encryption_key::via_ecr(platform)]);
    (!keys.is_empty()).then_some(grants)
}
