//! Claims that a spec makes about itself.

use super::{codes, spec};

codes! {
    UNKNOWN_ACCESS = {
        name: "unknown-access",
        severity: Error,
        what: "An assertion names an access entry that `access` does not define.",
        why: "`only` lists the access entries that may have a permission. An unknown name allows nothing, so the \
              assertion would not check what its author intended.",
        bad: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node] }
assert:
  only nodes pull: { can: [pull], only: [node] }
"),
        good: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node] }
assert:
  only nodes pull: { can: [pull], only: [nodes] }
"),
        source: "ecrgen language reference, `assert`",
    }
    NOT_ASSERTABLE = {
        name: "not-assertable",
        severity: Error,
        what: "An assertion about the settings of repositories uses `name`, `was` or `replace`.",
        why: "`have` compares every repository with the same settings. The name of a repository, its earlier key and \
              the reason for replacing it differ from one repository to the next, so they cannot be compared this way.",
        bad: spec!("
repositories: { shop: {} }
assert:
  every repository is encrypted: { have: { name: shop } }
"),
        good: spec!("
repositories: { shop: { encryption: kms } }
assert:
  every repository is encrypted: { have: { encryption: kms } }
"),
        source: "ecrgen language reference, `assert`",
    }
}
