//! The kinds: one file and one row each.

pub mod accounts;
pub mod assumed_by;
pub mod codebuild;
pub mod github;
pub mod gitlab;
pub mod hcp;
pub mod irsa;
pub mod lambda;
pub mod node_roles;
pub mod permission_set;
pub mod pod_identity;
pub mod roles;

use super::Kind;
use crate::iam::Operator;

/// All kinds, in the order in which the language lists their keys.
pub static KINDS: &[&Kind] = &[
    &github::KIND,
    &gitlab::KIND,
    &hcp::KIND,
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

/// `StringEquals` unless a value holds a wildcard, which it would take literally.
fn comparison(values: &[String]) -> Operator {
    let wild = values.iter().any(|value| value.contains(['*', '?']));
    if wild { Operator::STRING_LIKE } else { Operator::STRING_EQUALS }
}
