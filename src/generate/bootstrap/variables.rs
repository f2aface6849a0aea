//! `variables.tf` of the bootstrap module: values that its roles need, and values that it passes on to the workspace.

use crate::generate::place::Place;
use crate::generate::{Files, none, one, root, spaced};
use crate::platform::Platform;
use crate::platform::root_module::variables::{Kind, Variable};
use crate::policies::Policies;

/// The file, if the workspace needs a value.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    if declared(platform).next().is_none() {
        return none();
    }
    let blocks = declared(platform).map(|(name, variable)| root::declaration(name, variable));
    one(Place::workspace(platform).hcl("variables.tf", spaced(blocks), workspace.span))
}

/// Variables of the root module whose values the workspace must know: they have no default, or the roles of the
/// bootstrap module need permissions on the resources that they name.
pub fn passed_on(platform: &Platform) -> impl Iterator<Item = (&String, &Variable)> {
    declared(platform).filter(|(_, variable)| variable.in_root)
}

/// The variables that the bootstrap module declares: those that it passes on, and those that only its roles need.
pub fn declared(platform: &Platform) -> impl Iterator<Item = (&String, &Variable)> {
    platform
        .variables
        .iter()
        .filter(|(_, variable)| variable.names_rights || matches!(variable.kind, Kind::Bool(None) | Kind::Text(None)))
}
