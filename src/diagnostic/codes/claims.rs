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
    LONE_MOVING_TAG = {
        name: "lone-moving-tag",
        severity: Note,
        what: "An expectation is about an image whose only tag is a moving one.",
        why: "A pipeline pushes a moving tag such as `latest` together with the tag of the build. A retention rule for builds \
              can then delete the image, although the expectation for `latest` alone holds.",
        bad: spec!("
image_tags: { build: \"b-{sha:8}\", latest: { tag: latest, moving: true } }
repositories: { shop: { retention: [{ keep: all, of: latest }, { keep: 20, of: build }] } }
expect:
  the latest image is kept: { repository: shop, tag: latest, age: 30d, is: kept }
"),
        good: spec!("
image_tags: { build: \"b-{sha:8}\", latest: { tag: latest, moving: true } }
repositories: { shop: { retention: [{ keep: all, of: latest }, { keep: 20, of: build }] } }
expect:
  the latest image is kept: { repository: shop, tags: [b-1a2b3c4d, latest], age: 30d, is: kept }
"),
        source: "ecrgen language reference, `expect`",
    }
}
