//! What a spec asserts about itself.

use super::{codes, spec};

codes! {
    UNKNOWN_ACCESS = {
        name: "unknown-access",
        severity: Error,
        what: "An assertion names an access entry that `access` does not define.",
        why: "`only` lists who is allowed to have a permission. A name that means nothing allows nothing, and the \
              assertion would say something else than its author thinks.",
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
        what: "An assertion about the settings of several repositories has `name`, `was` or `replace`.",
        why: "`have` compares each repository with the same settings. The name of a repository, its earlier key and \
              the reason for a replacement differ from repository to repository.",
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
