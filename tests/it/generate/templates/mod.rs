//! Repositories that ECR creates itself, from creation templates.

mod access;
mod output;
mod refused;
mod runs;

use crate::harness::module::Module;
use crate::harness::shop;

/// A spec with two templates, of which one needs no role: `resource_tags` of the platform would reach both.
const SPEC: &str = "\
account: \"111111111111\"
image_tags: { release: \"v{version}\", latest: { tag: \"{service}-latest\", moving: true } }
repositories: { cart: {} }
repository_defaults:
  retention: [{ keep: all, of: latest }, { keep: 10, of: release }, { expire_after: 7d, of: untagged }]
repository_templates:
  team: { created_by: [push, replication], resource_tags: { Team: web } }
  team/data: { created_by: [push], tag_mutability: mutable, retention: none, encryption: { kms: create } }
  mirror: { created_by: [pull_through_cache], tag_mutability: mutable }
access:
  ci:
    can: [push, create]
    repositories: [cart, team]
    github: { repository: acme/shop, owner_id: 1, repository_id: 2, branches: [main] }
  nodes: { can: [pull], repositories: all, node_roles: [eks-node] }
  partners: { can: [pull], repositories: [team], accounts: [\"222222222222\"] }
waive: { class-wider-in-aws: { at: [repository_templates], reason: No release ends in latest } }
";

/// The root module of a spec without findings.
pub fn root(spec: &str) -> Module {
    let compiled = shop(spec);
    assert_eq!(compiled.codes(), [""; 0], "{:#?}", compiled.findings());
    compiled.module("shared/ecr")
}

/// Replaces what only the account knows.
pub fn bound(text: String) -> String {
    text.replace("${data.aws_partition.current.partition}", "aws")
        .replace("${data.aws_caller_identity.current.account_id}", "111111111111")
}
