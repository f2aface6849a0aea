//! `README.md` of the root module.

use super::place::Place;
use super::templates;
use super::{Files, one};
use crate::platform::Platform;

/// The file.
pub fn files(platform: &Platform) -> Files<'_> {
    one(Place::root(platform).text("README.md", templates::root_readme(platform), platform.span))
}
