//! The bootstrap module, applied by an administrator: the HCP Terraform workspace, and the roles its runs assume. One
//! visible list of its files; without a workspace there are none.

mod boundary;
mod gitattributes;
mod module;
mod oidc_provider;
mod readme;
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
    gitattributes::files,
];
