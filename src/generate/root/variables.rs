//! `variables.tf`: the values that the spec leaves open until apply.

use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::platform::Platform;
use crate::platform::root_module::variables::{Kind, Variable};
use crate::policies::Policies;
use crate::terraform::{Block, Name, Traversal};

/// The file, if there are variables.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some((_, first)) = of_root(platform).next() else { return none() };
    let place = Place::root(platform);
    let blocks = of_root(platform).map(|(name, variable)| declaration(name, variable));
    one(place.hcl("variables.tf", spaced(blocks), first.span))
}

/// The variables that the root module declares.
pub fn of_root(platform: &Platform) -> impl Iterator<Item = (&String, &Variable)> {
    platform.variables.iter().filter(|(_, variable)| variable.in_root)
}

/// `variable "name" { … }`
pub fn declaration(name: &str, variable: &Variable) -> Block {
    let block = Block::new("variable", [Name::from(name.to_owned())])
        .attr("description", &variable.description)
        .origin(variable.span);
    match &variable.kind {
        Kind::Bool(default) => {
            let block = block.attr("type", Traversal::new("bool"));
            default.map(|default| block.clone().attr("default", default)).unwrap_or(block)
        }
        Kind::Text(default) => {
            let block = block.attr("type", Traversal::new("string"));
            default.as_ref().map(|default| block.clone().attr("default", default)).unwrap_or(block)
        }
        Kind::Number(default) => block.attr("type", Traversal::new("number")).attr("default", *default),
    }
    // Without this, an explicit null would reach the provider as "not set".
    .attr("nullable", false)
}
