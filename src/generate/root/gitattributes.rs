//! `.gitattributes` of the root module's folder.

use crate::generate::place::Place;
use crate::generate::{Files, gitattributes, none, one};
use crate::policies::Policies;

/// The file. In a shared folder, `.gitattributes` belongs to the user.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let place = Place::root(policies.platform);
    if place.is_shared() { none() } else { one(gitattributes::file(&place, policies.platform.root.span)) }
}
