//! What Terraform needs for each resource type that the output may hold: one row a type and kind of ARN.

/// What actions are granted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
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
pub(super) type Row = (&'static str, Scope, &'static [&'static str], &'static [&'static str]);

/// The resource types and data sources of the output. One row a type and kind of ARN.
pub(super) const TABLE: &[Row] = &[
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
