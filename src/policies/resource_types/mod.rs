//! The Terraform resource types that the output can hold: one row per type, with everything that the rest of ecrgen has
//! to know about it.
//!
//! The plan and apply roles are computed from these rows, and the guard reads what the loss of a resource hurts and
//! which arguments replace it. A type without a row is a fault of ecrgen: [`find`] panics.

mod ecr;
mod eks;
mod hcp;
mod iam;
mod identity_center;
mod kms;
mod monitoring;

use crate::platform::Platform;

/// A Terraform resource type, or a data source, that the output can hold.
#[derive(Debug)]
pub struct ResourceType {
    /// Its name; data sources begin with `data.`.
    pub name: &'static str,
    /// Whether the root module of a platform holds one.
    pub in_root: fn(&Platform) -> bool,
    /// What a run needs to manage it.
    pub permissions: &'static [Permissions],
    /// What its loss hurts.
    pub loss: Loss,
    /// Arguments of ours whose change makes Terraform replace it (provider sources: ForceNew, RequiresReplace).
    pub replaced_by: &'static [&'static str],
}

/// What a run needs on one kind of ARN (what the AWS provider calls; Service Authorization Reference for the names).
#[derive(Debug)]
pub struct Permissions {
    /// The resources.
    pub on: On,
    /// What a plan calls.
    pub reads: &'static [&'static str],
    /// What an apply calls besides, to create, change and delete.
    pub writes: &'static [&'static str],
}

/// What the loss of a resource hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Nothing: the next apply creates it as it was.
    Harmless,
    /// Something that no apply brings back, as the end of a sentence.
    Hurts(&'static str),
    /// Nothing if the spec no longer asks for it; if it is replaced, what uses it has to follow, as the end of a sentence.
    HurtsIfReplaced(&'static str),
}

/// All rows, service by service.
pub const RESOURCE_TYPES: &[&[ResourceType]] =
    &[ecr::ROWS, iam::ROWS, kms::ROWS, eks::ROWS, identity_center::ROWS, monitoring::ROWS, hcp::ROWS];

/// All rows, one by one.
pub fn all() -> impl Iterator<Item = &'static ResourceType> {
    RESOURCE_TYPES.iter().copied().flatten()
}

/// The row of a type.
///
/// # Panics
/// When the type has none: then nobody has thought about the permissions that it needs, and what its loss hurts.
pub fn find(name: &str) -> &'static ResourceType {
    let found = all().find(|row| row.name == name);
    found.unwrap_or_else(|| panic!("a resource type of the output, `{name}`, has no row in `policies/resource_types`"))
}

/// The row of a resource's type, and the resource's label, if a text is a Terraform address such as `aws_kms_key.ecr`.
pub fn of_address(text: &str) -> Option<(&'static ResourceType, &str)> {
    let (kind, label) = text.split_once('.')?;
    all().find(|row| row.name == kind).map(|row| (row, label))
}

/// What the permissions of a run are granted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
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
    /// The alias of the key that the output creates. KMS asks for the right to the key as well.
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
