//! `.gitattributes` of the bootstrap module's folder.

use crate::generate::place::Place;
use crate::generate::{Files, gitattributes, none, one};
use crate::policies::Policies;

/// The file.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    if platform.workspace.is_none() {
        return none();
    }
    one(gitattributes::file(&Place::workspace(platform), platform.root.span))
}
