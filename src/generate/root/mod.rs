//! The root module, applied by the workspace or a pipeline. Its files are listed in one place.

mod access;
mod creation_templates;
mod encryption_key;
mod gitattributes;
mod locals;
mod monitoring;
mod oidc_providers;
mod outputs;
mod provider_check;
mod providers;
mod readme;
mod registry;
mod removed;
mod replicas;
mod repository;
mod variables;
mod versions;

pub(super) use access::{attachments, permission_policies, policy};
pub(super) use locals::{identity, tags};
pub(super) use oidc_providers::blocks as oidc_provider_blocks;
pub(super) use providers::aws;
pub(super) use removed::file as removed;
pub(super) use variables::declaration;
pub(super) use versions::required;

use super::Row;

/// The files of the root module, one row per kind.
pub(super) const FILES: &[Row] = &[
    versions::files,
    providers::files,
    provider_check::files,
    variables::files,
    locals::files,
    outputs::files,
    readme::files,
    repository::set::files,
    repository::files,
    creation_templates::files,
    replicas::files,
    encryption_key::files,
    registry::files,
    access::files,
    oidc_providers::files,
    monitoring::files,
    removed::files,
    gitattributes::files,
];
