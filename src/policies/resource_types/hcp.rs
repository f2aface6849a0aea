//! Resource types of HCP Terraform.

use super::Loss::{Harmless, Hurts};
use super::ResourceType;

pub(super) const ROWS: &[ResourceType] = &[
    ResourceType {
        name: "tfe_workspace",
        in_root: |_| false,
        permissions: &[],
        loss: Hurts("the state and the run history are lost"),
        replaced_by: &["organization"],
    },
    ResourceType {
        name: "tfe_workspace_settings",
        in_root: |_| false,
        permissions: &[],
        loss: Harmless,
        replaced_by: &["workspace_id"],
    },
    ResourceType {
        name: "tfe_variable",
        in_root: |_| false,
        permissions: &[],
        loss: Harmless,
        replaced_by: &["category", "key", "workspace_id"],
    },
    ResourceType {
        name: "tfe_workspace_variable_set",
        in_root: |_| false,
        permissions: &[],
        loss: Harmless,
        replaced_by: &["variable_set_id", "workspace_id"],
    },
    ResourceType {
        name: "tfe_team_access",
        in_root: |_| false,
        permissions: &[],
        loss: Harmless,
        replaced_by: &["team_id", "workspace_id"],
    },
    ResourceType {
        name: "tfe_notification_configuration",
        in_root: |_| false,
        permissions: &[],
        loss: Harmless,
        replaced_by: &["destination_type", "workspace_id"],
    },
    ResourceType { name: "data.tfe_project", in_root: |_| false, permissions: &[], loss: Harmless, replaced_by: &[] },
    ResourceType {
        name: "data.tfe_github_app_installation",
        in_root: |_| false,
        permissions: &[],
        loss: Harmless,
        replaced_by: &[],
    },
];
