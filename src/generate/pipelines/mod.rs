//! The pipelines around the registry. A spec has each of these files once, whatever the number of its environments.
//!
//! The files are listed in one place.

mod actions;
mod atlantis;
mod checks;
mod image;
mod tags;
mod yaml;

use super::Generated;
use crate::policies::Policies;

/// A row of the list: a function from the environments of a spec to files.
type Row = fn(&[Policies]) -> Vec<Generated>;

/// The files, one row per kind.
pub(super) const FILES: &[Row] = &[checks::files, atlantis::files, image::files];
