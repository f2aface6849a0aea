//! Resource types of AWS KMS.

use super::Loss::{Harmless, Hurts};
use super::{On, Permissions, ResourceType};
use crate::platform::Platform;

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "data.aws_kms_alias",
        in_root: |platform| platform.all_repositories().any(|repository| repository.kms_alias().is_some()),
        permissions: &[Permissions { on: On::Everything, reads: &["kms:DescribeKey", "kms:ListAliases"], writes: &[] }],
        loss: Harmless,
        replaced_by: &[],
    },
    ResourceType {
        name: "data.aws_kms_key",
        in_root: |platform| platform.all_repositories().any(|repository| repository.kms_variable().is_some()),
        permissions: &[Permissions { on: On::Everything, reads: &["kms:DescribeKey"], writes: &[] }],
        loss: Harmless,
        replaced_by: &[],
    },
    // The key policy allows the apply role to change the key, because the ID of the key is not known in advance. KMS requires
    // `kms:TagResource` in an IAM policy to create a key with tags. `kms:ScheduleKeyDeletion` is not granted at all: without
    // the key, no image can be read.
    ResourceType {
        name: "aws_kms_key",
        in_root: |platform| has_own_key(platform) || platform.monitoring.alerts.iter().any(|alert| alert.is_encrypted),
        permissions: &[
            Permissions {
                on: On::AnyKey,
                reads: &["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
                writes: &["kms:TagResource"],
            },
            Permissions { on: On::Everything, reads: &[], writes: &["kms:CreateKey"] },
        ],
        loss: Hurts("everything that is encrypted with the key becomes unreadable"),
        replaced_by: &["region"],
    },
    ResourceType {
        name: "aws_kms_alias",
        in_root: has_own_key,
        permissions: &[
            Permissions { on: On::Everything, reads: &["kms:ListAliases"], writes: &[] },
            Permissions {
                on: On::KeyAlias,
                reads: &[],
                writes: &["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
            },
        ],
        loss: Harmless,
        replaced_by: &["name", "region"],
    },
];

fn has_own_key(platform: &Platform) -> bool {
    platform.encryption_key.is_some() || !platform.replica_keys.is_empty()
}
