//! The bootstrap module, which an administrator applies: the HCP Terraform workspace and the roles that its runs assume.
//!
//! Its files are listed in one place. A spec without a workspace has none of them.

mod boundary;
mod existing_roles;
mod gitattributes;
mod limits;
mod module;
mod oidc_provider;
mod readme;
mod removed;
mod roles;
mod variables;
mod workspace;

use super::Row;

/// The files of the bootstrap module.
pub(super) const FILES: &[Row] = &[
    module::versions,
    module::providers,
    module::locals,
    workspace::files,
    readme::files,
    variables::files,
    oidc_provider::files,
    boundary::files,
    roles::files,
    existing_roles::files,
    removed::files,
    gitattributes::files,
];
