//! The key of the spec that decides about a resource, which is the place of a finding about it.

use crate::platform::Platform;
use crate::source::Span;

/// The place of the key that decides whether a resource exists.
pub(super) fn of_existence(platform: &Platform, address: &str) -> Span {
    let (kind, label) = address.split_once('.').unwrap_or((address, ""));
    match kind {
        "aws_iam_openid_connect_provider" => {
            platform.place_of(&[&format!("oidc_providers.{label}"), "oidc_providers", "access"])
        }
        "aws_iam_policy" => platform.place_of(&["iam.permissions_boundary", "workspace", "iam"]),
        "aws_kms_key" => platform.place_of(&["repository_defaults.encryption", "repositories"]),
        "aws_cloudwatch_log_group" => platform.place_of(&["monitoring.event_log", "monitoring"]),
        "aws_sns_topic" | "aws_cloudwatch_metric_alarm" => platform.place_of(&["monitoring.alerts", "monitoring"]),
        "aws_s3_bucket" | "aws_cloudtrail" => platform.place_of(&["monitoring.audit_trail", "monitoring"]),
        "tfe_workspace" => platform.place_of(&["workspace"]),
        "aws_ecr_pull_through_cache_rule" => platform.place_of(&["registry.pull_through_cache", "registry"]),
        "aws_ecr_registry_policy" => platform.place_of(&["registry.accept_replication_from", "registry"]),
        "aws_ecr_registry_scanning_configuration" | "aws_ecr_replication_configuration" | "aws_inspector2_enabler" => {
            platform.place_of(&["registry"])
        }
        "aws_ecr_repository_creation_template" => platform.place_of(&["repository_templates"]),
        _ => platform.place_of(&["access"]),
    }
}

/// The place of the key that decides about an argument whose change replaces a resource.
pub(super) fn of_argument(platform: &Platform, address: &str, argument: &str) -> Span {
    let (kind, label) = address.split_once('.').unwrap_or((address, ""));
    match (kind, argument) {
        (_, "region") if kind != "aws_ssoadmin_permission_set" => platform.region_span,
        ("aws_iam_role" | "aws_iam_policy", "path") => platform.place_of(&["iam.path", "iam"]),
        ("aws_iam_role", "name") => platform.place_of(&["names.role", "names"]),
        ("aws_iam_policy", "name") => platform.place_of(&["names.policy", "names"]),
        ("tfe_workspace", "organization") => platform.place_of(&["workspace.organization", "workspace"]),
        _ => of_entry(platform, label).unwrap_or_else(|| of_existence(platform, address)),
    }
}

/// The place of the access entry with this label.
fn of_entry(platform: &Platform, label: &str) -> Option<Span> {
    platform.access.iter().find(|access| access.label.as_str() == label).map(|access| access.span)
}
