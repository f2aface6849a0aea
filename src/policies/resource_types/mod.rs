//! The Terraform resource types that the output can contain: one row per type, with everything that the rest of ecrgen
//! needs to know about it.
//!
//! The permissions of the plan and apply roles are computed from these rows. The guard uses the arguments that force
//! the replacement of a resource. A type without a row is a bug in ecrgen, so [`find`] panics.

mod ecr;
mod eks;
mod hcp;
mod iam;
mod identity_center;
mod inspector;
mod kms;
mod monitoring;
mod sns;

use crate::platform::Platform;

/// A Terraform resource type or data source that the output can contain.
#[derive(Debug)]
pub struct ResourceType {
    /// The name. Names of data sources begin with `data.`.
    pub name: &'static str,
    /// Whether the root module of a platform contains this type.
    pub in_root: fn(&Platform) -> bool,
    /// The permissions that a run needs to manage it.
    pub permissions: &'static [Permissions],
    /// The consequence of losing it.
    pub loss: Loss,
    /// The arguments that ecrgen sets and whose change makes Terraform replace the resource (provider sources:
    /// ForceNew, RequiresReplace).
    pub replaced_by: &'static [&'static str],
}

/// The permissions that a run needs on one kind of ARN: the actions that the AWS provider calls (names from the Service
/// Authorization Reference).
#[derive(Debug)]
pub struct Permissions {
    /// The resources.
    pub on: On,
    /// The actions that a plan calls.
    pub reads: &'static [&'static str],
    /// The additional actions that an apply calls to create, change and delete.
    pub writes: &'static [&'static str],
}

/// The consequence of losing a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Nothing is lost: the next apply creates the resource again.
    Harmless,
    /// Something is lost that no apply can restore. Contains the consequence as a clause.
    Hurts(&'static str),
    /// Nothing is lost if the spec no longer asks for the resource. If it is replaced, what uses it must follow. Contains the
    /// consequence as a clause.
    HurtsIfReplaced(&'static str),
    /// Nothing is lost, but something no longer works that no one sees in the plan. Contains the consequence as a clause.
    Stops(&'static str),
}

impl ResourceType {
    /// The consequence of losing the resource of this type that has this label, in the root or in the bootstrap module.
    pub fn loss_of(&self, label: &str, in_root: bool) -> Loss {
        let own = if in_root { self.of_root(label) } else { self.of_bootstrap(label) };
        own.unwrap_or(self.loss)
    }

    /// Whether `removed` means the bootstrap module with the resource of this type that has this label, and no other.
    pub fn is_only_in_bootstrap(&self, label: &str) -> bool {
        hcp::ROWS.iter().any(|row| row.name == self.name) || self.of_bootstrap(label).is_some()
    }

    fn of_root(&self, label: &str) -> Option<Loss> {
        let found = OF_ROOT.iter().find(|(kind, of, _)| (*kind, *of) == (self.name, label));
        found.map(|(_, _, loss)| *loss)
    }

    fn of_bootstrap(&self, label: &str) -> Option<Loss> {
        let found = OF_BOOTSTRAP.iter().find(|(kind, of, _)| (*kind, *of) == (self.name, label));
        found.map(|(_, _, loss)| *loss)
    }
}

/// Resources of the root module that are not like others of their type: the type, the label, and the loss. Messages that are
/// encrypted with the key of the alerts do not outlive their delivery.
const OF_ROOT: &[(&str, &str, Loss)] = &[("aws_kms_key", "ecr_alerts", Loss::Harmless)];

/// Resources of the bootstrap module that are not like others of their type: the type, the label, and the loss.
const OF_BOOTSTRAP: &[(&str, &str, Loss)] =
    &[("aws_iam_policy", "boundary", Loss::Hurts("the roles of the root module depend on it"))];

/// All rows, grouped by service.
pub const RESOURCE_TYPES: &[&[ResourceType]] = &[
    ecr::ROWS,
    inspector::ROWS,
    iam::ROWS,
    kms::ROWS,
    eks::ROWS,
    identity_center::ROWS,
    monitoring::ROWS,
    sns::ROWS,
    hcp::ROWS,
];

/// All rows.
pub fn all() -> impl Iterator<Item = &'static ResourceType> {
    RESOURCE_TYPES.iter().copied().flatten()
}

/// The row of a type.
///
/// # Panics
/// If the type has no row. Its permissions, and the consequence of losing it, are then unknown.
pub fn find(name: &str) -> &'static ResourceType {
    let found = all().find(|row| row.name == name);
    found.unwrap_or_else(|| panic!("the resource type `{name}` in the output has no row in `policies/resource_types`"))
}

/// The row of a resource's type, and the resource's label, if a text is a Terraform address such as `aws_kms_key.ecr`.
pub fn of_address(text: &str) -> Option<(&'static ResourceType, &str)> {
    let (kind, label) = text.split_once('.')?;
    all().find(|row| row.name == kind).map(|row| (row, label))
}

/// The resources that permissions of a run are granted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// The repositories of the platform, and those that it had.
    Repositories,
    /// The repositories of the platform, if any of them has a repository policy.
    RepositoriesWithPolicies,
    /// The repositories that the spec lets Terraform delete.
    DeletableRepositories,
    /// What ECR creates from templates.
    Created,
    /// What ECR creates from templates with a lifecycle policy.
    CreatedWithLifecycle,
    /// What ECR creates from templates with a repository policy.
    CreatedWithPolicies,
    /// The roles that ECR assumes, but only to pass them to ECR.
    EcrRoles,
    /// The roles that ECR creates for itself in the account.
    ServiceLinkedRoles,
    /// Roles under the path of the platform.
    Roles,
    /// Roles under the path of the platform, but only with the boundary.
    BoundedRoles,
    /// Policies under the path of the platform.
    Policies,
    /// Roles under the path of the platform that have the boundary, to attach policies under the same path.
    Attachments,
    /// Roles under the path of the platform, to detach policies under the same path. Detaching does not depend on the
    /// boundary, so that roles from before the boundary existed can still be deleted.
    Detachments,
    /// Existing roles that the spec names.
    OtherRoles,
    /// Existing roles that the spec names, but only to attach and detach policies under the path of the platform, or those that the
    /// bootstrap module creates for them.
    OtherAttachments,
    /// Existing roles whose policies the bootstrap module creates, but only to detach the policies under the path of the platform that
    /// they had before.
    FormerAttachments,
    /// IAM OIDC providers that runs create, or still have to delete.
    OidcProviders,
    /// IAM OIDC providers that runs look up.
    OtherOidcProviders,
    /// EKS clusters.
    Clusters,
    /// EKS clusters whose service accounts get roles through Pod Identity, and the associations of these clusters.
    PodIdentity,
    /// Roles under the path of the platform, but only to pass them to EKS Pod Identity.
    PodRoles,
    /// Any KMS key of the account, because the ID of a key that ecrgen will create is not known yet.
    AnyKey,
    /// The alias of the key that the output creates. KMS also requires the permission on the key, which the key policy gives.
    KeyAlias,
    /// The service-linked role with which ECR replicates, but only to create it for ECR.
    ReplicationRole,
    /// Permission sets of IAM Identity Center, their instances, and the accounts that they are assigned to.
    PermissionSets,
    /// The audit trail.
    Trail,
    /// The bucket of the audit trail.
    Bucket,
    /// The rules for the events of the registry.
    Rule,
    /// The log group for the events of the registry.
    LogGroup,
    /// The alarms of alerts.
    Alarms,
    /// The alarms of alerts, but only to notify SNS topics: an alarm could also stop or terminate EC2 instances.
    NotifyingAlarms,
    /// The topics of alerts.
    Topics,
    /// `*`, for the actions of Amazon Inspector that turn enhanced scanning on and off.
    Inspector,
    /// The service-linked role of Amazon Inspector.
    InspectorRole,
    /// `*`, for actions that cannot be granted on anything narrower.
    Everything,
}
