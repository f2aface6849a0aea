//! Files for other accounts that images are replicated to. They are for the people who manage the registries there.

mod gitattributes;
mod registry_policy;

use super::Row;

/// The files for other accounts, one row per kind.
pub(super) const FILES: &[Row] = &[registry_policy::files, gitattributes::files];
