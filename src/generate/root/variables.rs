//! `variables.tf`: the values that the spec leaves open until apply.

use std::collections::BTreeSet;

use crate::generate::expression::variable_reference;
use crate::generate::place::Place;
use crate::generate::{Files, none, one, spaced};
use crate::platform::Platform;
use crate::platform::root_module::variables::{Kind, Variable};
use crate::policies::Policies;
use crate::policies::bindings::partition;
use crate::terraform::{Block, Expr, Name, Traversal};
use crate::value::StatementValue;

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
        Kind::Keys(keys) => {
            let block = block.attr("type", Expr::call("set", [Traversal::new("string")]));
            block.attr("default", keys.iter().collect::<Vec<_>>())
        }
    };
    // Without this, an explicit null would reach the provider as "not set".
    let block = block.attr("nullable", false);
    let block = if variable.is_secret { block.attr("sensitive", true) } else { block };
    let validations = match &variable.kind {
        Kind::Keys(keys) => Vec::from(are_keys(name, keys)),
        _ => {
            let role = variable.is_role_arn.then(|| is_role_arn(platform, name));
            let values = variable.in_statements.iter().map(|form| is_in_form(platform, name, *form));
            role.into_iter().chain(values).collect()
        }
    };
    validations.into_iter().fold(block, |block, validation| block.blank().block(validation))
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

/// The check that the value is one that ecrgen would accept in the spec. A wildcard would grant access to others, and a malformed
/// value to no one.
fn is_in_form(platform: &Platform, name: &str, form: StatementValue) -> Block {
    let (partition, _) = partition(&platform.region);
    let found = Expr::call("regex", [Expr::from(form.pattern(partition)), variable_reference(name).into()]);
    Block::bare("validation")
        .attr("condition", Expr::call("can", [found]))
        .attr("error_message", format!("Must be {}.", form.expected()))
}

/// A JSON list of names that ECR accepts (API reference, CreateRepository, `repositoryName`). In JSON, no name can pass for two.
const NAMES: &str = "^\\[(\"([a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*/)*[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*\"[],])*$";

/// The checks that ecrgen cannot make: a value contains the keys of the spec, which decides about their images, and every key is
/// a name that ECR accepts.
fn are_keys(name: &str, keys: &BTreeSet<String>) -> [Block; 2] {
    let value = || Expr::from(variable_reference(name));
    let contains = keys.iter().map(|key| Expr::call("contains", [value(), key.into()]));
    let has_all = Expr::call("alltrue", [contains.collect::<Vec<_>>()]);
    let are_names = Expr::call("can", [Expr::call("regex", [NAMES.into(), Expr::call("jsonencode", [value()])])]);
    [
        (has_all, "A repository of the spec is missing. To stop managing it, list it under `removed` in the spec."),
        (are_names, "Repository names consist of lowercase letters and digits, separated by `.`, `_`, `/` or `-`."),
    ]
    .map(|(condition, message)| Block::bare("validation").attr("condition", condition).attr("error_message", message))
}
