//! Resource types of IAM and STS.

use super::Loss::{Harmless, Hurts, HurtsIfReplaced};
use super::{On, Permissions, ResourceType};
use crate::platform::Access;
use crate::policies::provider;

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "aws_iam_role",
        in_root: |platform| {
            platform.service_roles().next().is_some() || platform.access.iter().any(|access| !access.roles.is_empty())
        },
        permissions: &[
            Permissions {
                on: On::Roles,
                reads: &["iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies"],
                writes: &[
                    "iam:DeleteRole",
                    "iam:UpdateRole",
                    "iam:UpdateRoleDescription",
                    "iam:UpdateAssumeRolePolicy",
                    "iam:TagRole",
                    "iam:UntagRole",
                    "iam:ListInstanceProfilesForRole",
                ],
            },
            Permissions {
                on: On::BoundedRoles,
                reads: &[],
                writes: &["iam:CreateRole", "iam:PutRolePermissionsBoundary"],
            },
        ],
        loss: HurtsIfReplaced("everything that assumes it by its ARN must use the new ARN"),
        replaced_by: &["name", "path"],
    },
    ResourceType {
        name: "aws_iam_policy",
        in_root: |platform| {
            platform.service_roles().next().is_some()
                || platform.access.iter().any(|access| access.policy().is_some() && !access.is_protected)
        },
        permissions: &[Permissions {
            on: On::Policies,
            reads: &["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"],
            writes: &[
                "iam:CreatePolicy",
                "iam:DeletePolicy",
                "iam:CreatePolicyVersion",
                "iam:DeletePolicyVersion",
                "iam:TagPolicy",
                "iam:UntagPolicy",
            ],
        }],
        loss: HurtsIfReplaced("the roles that it is attached to lose its permissions during the apply"),
        replaced_by: &["description", "name", "path"],
    },
    ResourceType {
        name: "aws_iam_role_policy_attachment",
        in_root: |platform| {
            let is_attached = |access: &Access| !access.roles.is_empty() || !access.attached.is_empty();
            platform.service_roles().next().is_some() || platform.access.iter().any(is_attached)
        },
        permissions: &[
            Permissions { on: On::Attachments, reads: &[], writes: &["iam:AttachRolePolicy"] },
            Permissions { on: On::Detachments, reads: &[], writes: &["iam:DetachRolePolicy"] },
            Permissions { on: On::FormerAttachments, reads: &[], writes: &["iam:DetachRolePolicy"] },
            Permissions { on: On::OtherRoles, reads: &["iam:ListAttachedRolePolicies"], writes: &[] },
            Permissions {
                on: On::OtherAttachments,
                reads: &[],
                writes: &["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
            },
        ],
        loss: Harmless,
        replaced_by: &["policy_arn", "role"],
    },
    ResourceType {
        name: "aws_iam_openid_connect_provider",
        in_root: |platform| provider::made_in_root(platform).next().is_some(),
        permissions: &[Permissions {
            on: On::OidcProviders,
            reads: &["iam:GetOpenIDConnectProvider"],
            writes: &[
                "iam:CreateOpenIDConnectProvider",
                "iam:AddClientIDToOpenIDConnectProvider",
                "iam:RemoveClientIDFromOpenIDConnectProvider",
                "iam:TagOpenIDConnectProvider",
                "iam:UntagOpenIDConnectProvider",
            ],
        }],
        loss: Hurts("no role in the account that trusts the issuer could be assumed"),
        replaced_by: &["url"],
    },
    // The thumbprint of a provider comes from a certificate, and certificates are replaced over time.
    ResourceType {
        name: "data.tls_certificate",
        in_root: |platform| platform.root.wants_thumbprints() && provider::made_in_root(platform).next().is_some(),
        permissions: &[Permissions {
            on: On::OidcProviders,
            reads: &[],
            writes: &["iam:UpdateOpenIDConnectProviderThumbprint"],
        }],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "data.aws_iam_openid_connect_provider",
        in_root: |platform| provider::looked_up_in_root(platform).next().is_some(),
        permissions: &[
            Permissions { on: On::Everything, reads: &["iam:ListOpenIDConnectProviders"], writes: &[] },
            Permissions { on: On::OtherOidcProviders, reads: &["iam:GetOpenIDConnectProvider"], writes: &[] },
        ],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "data.aws_caller_identity",
        in_root: |platform| platform.scope.account.is_none() || platform.root.shared,
        permissions: &[],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "data.aws_region",
        in_root: |platform| platform.root.shared,
        permissions: &[],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType { name: "data.aws_partition", in_root: |_| true, permissions: &[], loss: Harmless, replaced_by: &[] },
];
