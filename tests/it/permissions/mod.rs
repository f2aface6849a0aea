//! The effective permissions of the policies in the output.

mod access_report;
mod across;
mod answers;
mod asserted_settings;
mod assertions;
mod grounds;
mod guests;
mod independent;
mod known_conditions;
mod mutations;
mod outcomes;
mod outside;
mod refusal;
mod replicas;
mod reports;
mod requirements;

use ecrgen::permissions::{EffectivePermissions, Query};

/// Two repositories, and several kinds of principals.
const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
repositories: { cart: {}, search: {} }
access:
  pipeline:
    can: [push]
    repositories: all
    github: { repository: example/shop, owner_id: 1111, repository_id: 2222, branches: [main], environments: [prod] }
  bots:
    can: [pull]
    repositories: [cart]
    irsa: { cluster: eks, service_accounts: [ci/scanner, ci/mover] }
  developers:
    can: [pull, read]
    repositories: [cart]
    assumed_by: [\"arn:aws:iam::123456789012:role/Developer\", { variable: lead }]
  nodes:
    can: [pull]
    repositories: all
    node_roles: [eks-node, { variable: gpu_node }]
  operators:
    can: [delete]
    repositories: [search]
    roles: [EKS-node]
  partners:
    can: [pull]
    repositories: [search]
    accounts: [\"210987654321\", \"310987654321\"]
workspace: { organization: example }
";

/// Whether a principal can do something, as `--can` answers.
fn can(rights: &EffectivePermissions, principal: &str, action: &str, repository: &str) -> bool {
    let asked = Query { principal, action, repository };
    let answer = asked.answer(std::slice::from_ref(rights));
    answer.unwrap_or_else(|fault| panic!("{asked:?}: {fault:?}")).is_yes()
}
