//! `variables.tf`: the values that the spec leaves open until apply.

use crate::generate::expression::variable_reference;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::platform::Platform;
use crate::platform::root_module::variables::{Kind, Variable};
use crate::policies::Policies;
use crate::policies::bindings::partition;
use crate::terraform::{Block, Expr, Name, Traversal};

/// The file, if there are variables.
pub fn files<'p>(policies: &'p Policies<'p>) -> Files<'p> {
    let platform = policies.platform;
    let Some((_, first)) = of_root(platform).next() else { return none() };
    let place = Place::root(platform);
    let blocks = of_root(platform).map(|(name, variable)| declaration(platform, name, variable));
    one(place.hcl("variables.tf", spaced(blocks), first.span))
}

/// The variables that the root module declares.
pub fn of_root(platform: &Platform) -> impl Iterator<Item = (&String, &Variable)> {
    platform.variables.iter().filter(|(_, variable)| variable.in_root)
}

/// `variable "name" { … }`
pub fn declaration(platform: &Platform, name: &str, variable: &Variable) -> Block {
    let block = Block::new("variable", [Name::from(name.to_owned())])
        .attr("description", &variable.description)
        .origin(variable.span);
    let block = match &variable.kind {
        Kind::Bool(default) => {
            let block = block.attr("type", Traversal::new("bool"));
            default.map(|default| block.clone().attr("default", default)).unwrap_or(block)
        }
        Kind::Text(default) => {
            let block = block.attr("type", Traversal::new("string"));
            default.as_ref().map(|default| block.clone().attr("default", default)).unwrap_or(block)
        }
        Kind::Number(default) => block.attr("type", Traversal::new("number")).attr("default", *default),
    };
    // Without this, an explicit null would reach the provider as "not set".
    let block = block.attr("nullable", false);
    match variable.is_role_arn {
        true => block.blank().block(is_role_arn(platform, name)),
        false => block,
    }
}

/// The check that the value is the ARN of a role. A policy is attached by the name in it, so with the ARN of another account
/// Terraform would change the role of that name in the account of the spec.
fn is_role_arn(platform: &Platform, name: &str) -> Block {
    let (partition, _) = partition(&platform.region);
    let account = platform.scope.account.as_deref();
    let pattern =
        format!("^arn:{partition}:iam::{}:role/([!-~]*/)?[A-Za-z0-9_+=,.@-]{{1,64}}$", account.unwrap_or("[0-9]{12}"));
    let found = Expr::call("regex", [Expr::from(pattern), variable_reference(name).into()]);
    let example = format!("arn:{partition}:iam::{}:role/NAME", account.unwrap_or("123456789012"));
    Block::bare("validation")
        .attr("condition", Expr::call("can", [found]))
        .attr("error_message", format!("Must be the ARN of an IAM role, such as {example}."))
}
