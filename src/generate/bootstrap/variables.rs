//! `variables.tf` of the bootstrap module: values that its roles need, and values that it passes on to the workspace.

use crate::generate::place::Place;
use crate::generate::{Files, none, one, root, spaced};
use crate::platform::Platform;
use crate::platform::root_module::variables::Variable;
use crate::policies::Policies;

/// The file, if the workspace needs a value.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some(workspace) = &platform.workspace else { return none() };
    if declared(platform).next().is_none() {
        return none();
    }
    let blocks = declared(platform).map(|(name, variable)| root::declaration(platform, name, variable));
    one(Place::workspace(platform).hcl("variables.tf", spaced(blocks), workspace.span))
}

/// The variables whose values the module passes on to the workspace.
pub fn passed_on(platform: &Platform) -> impl Iterator<Item = (&String, &Variable)> {
    platform.variables.iter().filter(|(_, variable)| variable.is_passed_on())
}

/// The names of the variables that hold secrets, which only this module needs.
pub fn secrets(platform: &Platform) -> impl Iterator<Item = &str> {
    platform.variables.iter().filter(|(_, variable)| variable.is_secret).map(|(name, _)| name.as_str())
}

/// The variables that the bootstrap module declares: those that it passes on, and those that only its roles need.
fn declared(platform: &Platform) -> impl Iterator<Item = (&String, &Variable)> {
    platform.variables.iter().filter(|(_, variable)| variable.is_passed_on() || !variable.in_root)
}
