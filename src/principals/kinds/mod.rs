//! The kinds of principal, with one file and one row per kind.

pub mod accounts;
pub mod assumed_by;
pub mod codebuild;
pub mod github;
pub mod gitlab;
pub mod hcp;
pub mod irsa;
pub mod lambda;
pub mod node_roles;
pub mod oidc;
pub mod permission_set;
pub mod pod_identity;
pub mod roles;

use super::{Kind, StandIn, Value};
use crate::iam::Operator;
use crate::source::Spanned;
use crate::value::{OrVariable, RoleRef};

/// All kinds, in the order in which the language lists their keys.
pub static KINDS: &[&Kind] = &[
    &github::KIND,
    &gitlab::KIND,
    &hcp::KIND,
    &oidc::KIND,
    &irsa::KIND,
    &pod_identity::KIND,
    &node_roles::KIND,
    &roles::KIND,
    &assumed_by::KIND,
    &permission_set::KIND,
    &accounts::KIND,
    &lambda::KIND,
    &codebuild::KIND,
];

/// Why some services cannot import: an image of a pull through cache comes from an upstream registry when it is pulled.
const ONLY_PULLS_PRESENT: &str = "it only pulls images that the repository has";

/// The values of existing roles, which the permissions of the workspace's runs name.
fn existing_roles<'p>(roles: &'p [Spanned<OrVariable<RoleRef>>], description: &RoleDescription) -> Vec<Value<'p>> {
    let value = |role: &'p Spanned<OrVariable<RoleRef>>| match &role.value {
        OrVariable::Variable(variable) if variable.holds_arn => {
            Value::new(&role.value, description.of_arn, StandIn::RoleArn)
        }
        _ => Value::new(&role.value, description.of_either, StandIn::RoleName),
    };
    roles.iter().map(|role| value(role).named_by_runs()).collect()
}

/// The descriptions of the variables for existing roles.
struct RoleDescription {
    /// Of one that is a name or an ARN.
    of_either: &'static str,
    /// Of one that is an ARN.
    of_arn: &'static str,
}

/// `StringEquals`, or `StringLike` if a value contains a wildcard, which `StringEquals` would compare literally.
fn comparison(values: &[String]) -> Operator {
    let wild = values.iter().any(|value| value.contains(['*', '?']));
    if wild { Operator::STRING_LIKE } else { Operator::STRING_EQUALS }
}
