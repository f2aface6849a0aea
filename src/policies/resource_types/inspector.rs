//! Resource types of Amazon Inspector.

use super::Loss::Hurts;
use super::{On, Permissions, ResourceType};

pub(super) const ROWS: &[ResourceType] = &[ResourceType {
    name: "aws_inspector2_enabler",
    in_root: |platform| platform.registry.as_ref().is_some_and(|registry| registry.enable_inspector.is_some()),
    permissions: &[
        Permissions {
            on: On::Inspector,
            reads: &["inspector2:BatchGetAccountStatus"],
            writes: &["inspector2:Enable", "inspector2:Disable"],
        },
        Permissions { on: On::InspectorRole, reads: &[], writes: &["iam:CreateServiceLinkedRole"] },
    ],
    // Provider source, `resourceEnablerDelete`: it disables every resource type.
    loss: Hurts("Inspector scans nothing in the account and region any more, and its findings are lost"),
    replaced_by: &["region"],
}];
