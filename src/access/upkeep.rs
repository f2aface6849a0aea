//! What Terraform needs to manage the output: the permission policies of HCP Terraform's plan and apply roles.
//!
//! The policies are computed from the resource types that the root module really holds. Actions follow
//! what the AWS provider calls to read, and to make, change and delete each type (Service Authorization
//! Reference for their names). Plan gets none that writes: whoever opens a pull request decides what a
//! plan runs.
//!
//! An apply writes policies, and whoever writes policies can grant himself whatever they can grant. So an apply may
//! touch roles and policies on the platform's path only, may make and equip roles only within the
//! [boundary](super::boundary), and can change neither that boundary nor the rights of the runs themselves. What is
//! left: the roles that are there already and that the spec names, which have no boundary of ours and to which an apply
//! can attach any policy that it has written.

use std::collections::{BTreeMap, BTreeSet};

use super::encryption_key;
use super::hcp::Phase;
use super::permission::sid;
use super::{arns, boundary};
use crate::iam::{ActionPattern, Document, Operator, Statement, Symbol, Text};
use crate::platform::Platform;
use crate::platform::iam::Boundary;

/// What actions are granted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    /// The platform's repositories.
    Repositories,
    /// Roles below the platform's path.
    Roles,
    /// The same, but only within the boundary.
    BoundedRoles,
    /// Policies below the platform's path.
    Policies,
    /// Roles below the platform's path that have the boundary, to attach policies below the platform's path.
    Attachments,
    /// Roles below the platform's path, to detach policies below it. Whether the boundary is there makes no
    /// difference to what is taken away, and roles from before there was one can still be taken down.
    Detachments,
    /// Roles that are there already and that the spec names.
    OtherRoles,
    /// The same, but only to attach and detach policies below the platform's path.
    OtherAttachments,
    /// IAM OIDC providers.
    OidcProviders,
    /// EKS clusters.
    Clusters,
    /// EKS clusters whose service accounts get roles by Pod Identity, and their associations.
    PodIdentity,
    /// Roles below the platform's path, but only to hand them to EKS Pod Identity.
    PodRoles,
    /// Keys of the account: the id of one that is to be made is not known yet.
    AnyKey,
    /// The alias of the key made here. KMS asks for the right to the key as well.
    KeyAlias,
    /// Permission sets of IAM Identity Center, their instances, and the accounts they go to.
    PermissionSets,
    /// The audit trail.
    Trail,
    /// The trail's bucket.
    Bucket,
    /// The rule for the registry's events.
    Rule,
    /// The log group for the registry's events.
    LogGroup,
    /// What AWS grants on `*` only.
    Everything,
}

/// A resource type: where, what a plan reads, what an apply writes.
type Row = (&'static str, Scope, &'static [&'static str], &'static [&'static str]);

/// The resource types and data sources of the output. One row a type and kind of ARN.
const TABLE: &[Row] = &[
    (
        "aws_ecr_repository",
        Scope::Repositories,
        &["ecr:DescribeRepositories", "ecr:ListTagsForResource"],
        &[
            "ecr:CreateRepository",
            "ecr:DeleteRepository",
            "ecr:PutImageTagMutability",
            "ecr:PutImageScanningConfiguration",
            "ecr:TagResource",
            "ecr:UntagResource",
        ],
    ),
    (
        "aws_ecr_lifecycle_policy",
        Scope::Repositories,
        &["ecr:GetLifecyclePolicy"],
        &["ecr:PutLifecyclePolicy", "ecr:DeleteLifecyclePolicy"],
    ),
    (
        "aws_ecr_repository_policy",
        Scope::Repositories,
        &["ecr:GetRepositoryPolicy"],
        &["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"],
    ),
    (
        "aws_iam_role",
        Scope::Roles,
        &[
            "iam:GetRole",
            "iam:ListRolePolicies",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListRoleTags",
        ],
        &[
            "iam:DeleteRole",
            "iam:UpdateRole",
            "iam:UpdateRoleDescription",
            "iam:UpdateAssumeRolePolicy",
            "iam:TagRole",
            "iam:UntagRole",
            "iam:ListInstanceProfilesForRole",
        ],
    ),
    ("aws_iam_role", Scope::BoundedRoles, &[], &["iam:CreateRole", "iam:PutRolePermissionsBoundary"]),
    (
        "aws_iam_policy",
        Scope::Policies,
        &["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:ListPolicyTags"],
        &[
            "iam:CreatePolicy",
            "iam:DeletePolicy",
            "iam:CreatePolicyVersion",
            "iam:DeletePolicyVersion",
            "iam:TagPolicy",
            "iam:UntagPolicy",
        ],
    ),
    ("aws_iam_role_policy_attachment", Scope::Attachments, &[], &["iam:AttachRolePolicy"]),
    ("aws_iam_role_policy_attachment", Scope::Detachments, &[], &["iam:DetachRolePolicy"]),
    ("aws_iam_role_policy_attachment", Scope::OtherRoles, &["iam:ListAttachedRolePolicies"], &[]),
    ("aws_iam_role_policy_attachment", Scope::OtherAttachments, &[], &["iam:AttachRolePolicy", "iam:DetachRolePolicy"]),
    (
        "aws_iam_openid_connect_provider",
        Scope::OidcProviders,
        &["iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviderTags"],
        &[
            "iam:CreateOpenIDConnectProvider",
            "iam:AddClientIDToOpenIDConnectProvider",
            "iam:RemoveClientIDFromOpenIDConnectProvider",
            "iam:TagOpenIDConnectProvider",
            "iam:UntagOpenIDConnectProvider",
        ],
    ),
    // The thumbprint of a provider is that of a certificate, and certificates come and go.
    ("data.tls_certificate", Scope::OidcProviders, &[], &["iam:UpdateOpenIDConnectProviderThumbprint"]),
    ("data.aws_iam_openid_connect_provider", Scope::Everything, &["iam:ListOpenIDConnectProviders"], &[]),
    (
        "data.aws_iam_openid_connect_provider",
        Scope::OidcProviders,
        &["iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviderTags"],
        &[],
    ),
    ("data.aws_kms_alias", Scope::Everything, &["kms:DescribeKey", "kms:ListAliases"], &[]),
    // Not kms:ScheduleKeyDeletion: without the key no image can be read, and on which key cannot be said beforehand.
    (
        "aws_kms_key",
        Scope::AnyKey,
        &["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
        &[
            "kms:EnableKeyRotation",
            "kms:PutKeyPolicy",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:UpdateKeyDescription",
        ],
    ),
    ("aws_kms_key", Scope::Everything, &[], &["kms:CreateKey"]),
    ("aws_kms_alias", Scope::Everything, &["kms:ListAliases"], &[]),
    ("aws_kms_alias", Scope::KeyAlias, &[], &["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"]),
    (
        "aws_ecr_registry_policy",
        Scope::Everything,
        &["ecr:GetRegistryPolicy"],
        &["ecr:PutRegistryPolicy", "ecr:DeleteRegistryPolicy"],
    ),
    ("data.aws_eks_cluster", Scope::Clusters, &["eks:DescribeCluster"], &[]),
    (
        "aws_eks_pod_identity_association",
        Scope::PodIdentity,
        &["eks:DescribePodIdentityAssociation"],
        &[
            "eks:CreatePodIdentityAssociation",
            "eks:UpdatePodIdentityAssociation",
            "eks:DeletePodIdentityAssociation",
            "eks:TagResource",
            "eks:UntagResource",
        ],
    ),
    ("aws_eks_pod_identity_association", Scope::PodRoles, &[], &["iam:PassRole"]),
    (
        "aws_ssoadmin_permission_set",
        Scope::PermissionSets,
        &["sso:DescribePermissionSet", "sso:ListTagsForResource"],
        &[
            "sso:CreatePermissionSet",
            "sso:UpdatePermissionSet",
            "sso:DeletePermissionSet",
            "sso:ProvisionPermissionSet",
            "sso:DescribePermissionSetProvisioningStatus",
            "sso:TagResource",
            "sso:UntagResource",
        ],
    ),
    (
        "aws_ssoadmin_customer_managed_policy_attachment",
        Scope::PermissionSets,
        &["sso:ListCustomerManagedPolicyReferencesInPermissionSet"],
        &[
            "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
            "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
            "sso:ProvisionPermissionSet",
            "sso:DescribePermissionSetProvisioningStatus",
        ],
    ),
    (
        "aws_cloudtrail",
        Scope::Trail,
        &["cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors", "cloudtrail:ListTags"],
        &[
            "cloudtrail:CreateTrail",
            "cloudtrail:UpdateTrail",
            "cloudtrail:DeleteTrail",
            "cloudtrail:StartLogging",
            "cloudtrail:StopLogging",
            "cloudtrail:PutEventSelectors",
            "cloudtrail:AddTags",
            "cloudtrail:RemoveTags",
        ],
    ),
    ("aws_cloudtrail", Scope::Everything, &["cloudtrail:DescribeTrails"], &[]),
    (
        "aws_s3_bucket",
        Scope::Bucket,
        &["s3:ListBucket", "s3:GetBucket*", "s3:Get*Configuration"],
        &["s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging"],
    ),
    ("aws_s3_bucket_policy", Scope::Bucket, &[], &["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]),
    ("aws_s3_bucket_public_access_block", Scope::Bucket, &[], &["s3:PutBucketPublicAccessBlock"]),
    ("aws_s3_bucket_lifecycle_configuration", Scope::Bucket, &[], &["s3:PutLifecycleConfiguration"]),
    (
        "aws_cloudwatch_event_rule",
        Scope::Rule,
        &["events:DescribeRule", "events:ListTagsForResource"],
        &["events:PutRule", "events:DeleteRule", "events:TagResource", "events:UntagResource"],
    ),
    (
        "aws_cloudwatch_event_target",
        Scope::Rule,
        &["events:ListTargetsByRule"],
        &["events:PutTargets", "events:RemoveTargets"],
    ),
    (
        "aws_cloudwatch_log_group",
        Scope::LogGroup,
        &["logs:ListTagsForResource"],
        &[
            "logs:CreateLogGroup",
            "logs:DeleteLogGroup",
            "logs:PutRetentionPolicy",
            "logs:DeleteRetentionPolicy",
            "logs:TagResource",
            "logs:UntagResource",
        ],
    ),
    ("aws_cloudwatch_log_group", Scope::Everything, &["logs:DescribeLogGroups"], &[]),
    (
        "aws_cloudwatch_log_resource_policy",
        Scope::Everything,
        &["logs:DescribeResourcePolicies"],
        &["logs:PutResourcePolicy", "logs:DeleteResourcePolicy"],
    ),
];

/// The permission policy of a phase, for these resource types (data sources begin with `data.`).
pub fn policy(platform: &Platform, phase: Phase, types: &BTreeSet<String>) -> Document {
    let mut granted: BTreeMap<Scope, BTreeSet<&'static str>> = BTreeMap::new();
    for (_, scope, reads, writes) in TABLE.iter().filter(|(kind, ..)| types.contains(*kind)) {
        let actions = granted.entry(*scope).or_default();
        actions.extend(reads.iter());
        if phase == Phase::Apply {
            actions.extend(writes.iter());
        }
    }
    let granted = granted.into_iter().filter(|(_, actions)| !actions.is_empty());
    let mut statements: Vec<Statement> =
        granted.filter_map(|(scope, actions)| statement(platform, scope, actions)).collect();
    if phase == Phase::Apply {
        statements.extend(key_grants(platform));
        if types.iter().any(|kind| kind.starts_with("aws_iam_")) {
            statements.extend(denials(platform));
        }
    }
    Document::new(statements)
}

/// None where the platform has nothing of the scope.
fn statement(platform: &Platform, scope: Scope, actions: BTreeSet<&'static str>) -> Option<Statement> {
    let arns = arns(platform, scope);
    if arns.is_empty() {
        return None;
    }
    let mut statement = Statement::allow(actions.into_iter().map(action)).sid(sid(&format!("{scope:?}"))).on(arns);
    if matches!(scope, Scope::Attachments | Scope::Detachments | Scope::OtherAttachments) {
        statement = statement.when(Operator::ARN_LIKE, "iam:PolicyARN", arns::on_path(platform, "policy"));
    }
    if scope == Scope::PodRoles {
        statement = statement.when(Operator::STRING_EQUALS, "iam:PassedToService", ["pods.eks.amazonaws.com"]);
    }
    if matches!(scope, Scope::BoundedRoles | Scope::Attachments) {
        let boundary = boundary::arn(platform).into_iter();
        statement = boundary
            .fold(statement, |statement, arn| statement.when(Operator::ARN_EQUALS, "iam:PermissionsBoundary", [arn]));
    }
    Some(statement)
}

/// What an apply cannot do, whatever else it may: loosen a boundary, or change its own rights.
fn denials(platform: &Platform) -> Vec<Statement> {
    let bootstrap = platform.iam.bootstrap_path();
    let own = ["role", "policy"].map(|kind| arns::iam(kind).literal(&format!("{bootstrap}*")));
    let given = boundary::arn(platform).filter(|_| matches!(platform.iam.boundary, Some(Boundary::Existing(_))));
    vec![
        Statement::deny([action("iam:DeleteRolePermissionsBoundary")])
            .sid(sid("KeepBoundaries"))
            .on([arns::iam("role").literal("/*")]),
        Statement::deny([action("iam:*")]).sid(sid("KeepOwnRights")).on(own.into_iter().chain(given)),
    ]
}

fn action(name: &str) -> ActionPattern {
    name.parse().expect("an action of this program is well-formed")
}

fn arns(platform: &Platform, scope: Scope) -> Vec<Text> {
    let name = platform.scope.base_name();
    let regional = |service: &str, resource: String| arns::regional(platform, service, &resource);
    match scope {
        Scope::Repositories => arns::repositories(platform),
        Scope::Roles | Scope::PodRoles | Scope::BoundedRoles | Scope::Attachments | Scope::Detachments => {
            arns::on_path(platform, "role")
        }
        Scope::Policies => arns::on_path(platform, "policy"),
        Scope::OtherRoles | Scope::OtherAttachments => arns::other_roles(platform),
        Scope::OidcProviders => vec![arns::iam("oidc-provider").literal("/*")],
        Scope::Clusters => {
            arns::clusters(platform).iter().map(|name| regional("eks", format!("cluster/{name}"))).collect()
        }
        Scope::PodIdentity => arns::pod_clusters(platform)
            .into_iter()
            .flat_map(|name| [format!("cluster/{name}"), format!("podidentityassociation/{name}/*")])
            .map(|resource| regional("eks", resource))
            .collect(),
        Scope::AnyKey => vec![arns::any_key(platform)],
        Scope::KeyAlias => {
            let alias = platform.encryption_key.iter().map(|key| regional("kms", key.alias.clone()));
            alias.chain([arns::any_key(platform)]).collect()
        }
        Scope::PermissionSets => arns::permission_sets(platform),
        Scope::Trail => vec![regional("cloudtrail", format!("trail/{name}"))],
        Scope::Bucket => {
            let bucket = format!(":s3:::{}", platform.scope.trail_bucket_prefix());
            vec![Text::from("arn:").symbol(Symbol::Partition).literal(&bucket).symbol(Symbol::AccountId)]
        }
        Scope::Rule => vec![regional("events", format!("rule/{name}-*"))],
        Scope::LogGroup => {
            let group = format!("log-group:{}", platform.scope.log_group());
            vec![regional("logs", group.clone()), regional("logs", format!("{group}:*"))]
        }
        Scope::Everything => vec![Text::from("*")],
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
