//! Resource types of IAM Identity Center.

use super::Loss::{Harmless, HurtsIfReplaced};
use super::{On, Permissions, ResourceType};
use crate::platform::Access;
use crate::principals::Means;

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "aws_ssoadmin_permission_set",
        in_root: |platform| platform.access.iter().any(is_permission_set),
        permissions: &[Permissions {
            on: On::PermissionSets,
            reads: &["sso:DescribePermissionSet", "sso:ListTagsForResource"],
            writes: &[
                "sso:CreatePermissionSet",
                "sso:UpdatePermissionSet",
                "sso:DeletePermissionSet",
                "sso:ProvisionPermissionSet",
                "sso:DescribePermissionSetProvisioningStatus",
                "sso:TagResource",
                "sso:UntagResource",
            ],
        }],
        loss: HurtsIfReplaced("people who have it lose their access until the new one is assigned"),
        replaced_by: &["instance_arn", "name", "region"],
    },
    ResourceType {
        name: "aws_ssoadmin_customer_managed_policy_attachment",
        in_root: |platform| platform.access.iter().any(is_permission_set),
        permissions: &[Permissions {
            on: On::PermissionSets,
            reads: &["sso:ListCustomerManagedPolicyReferencesInPermissionSet"],
            writes: &[
                "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
                "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
                "sso:ProvisionPermissionSet",
                "sso:DescribePermissionSetProvisioningStatus",
            ],
        }],
        loss: Harmless,
        replaced_by: &["region"],
    },
];

fn is_permission_set(access: &Access) -> bool {
    matches!(access.principal.means(), Means::PermissionSet(_))
}
