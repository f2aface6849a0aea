//! Values that are not valid for their key.

use crate::diagnostic::codes::{codes, spec};

codes! {
    WRONG_TYPE = {
        name: "wrong-type",
        severity: Error,
        what: "A value does not have the type that its key requires: text, number, boolean, list or map.",
        why: "YAML derives the type of a value from its spelling. Account IDs, versions and git SHAs that look like \
              numbers lose zeros unless they are in quotes. `yes` and `on` are text in YAML 1.2, and a single item is \
              not a list.",
        bad: spec!("
account: 123456789012
"),
        good: spec!("
account: \"123456789012\"
"),
        source: "YAML 1.2.2, section 10.3, \"Core Schema\"; ecrgen language reference",
    }
    UNKNOWN_WORD = {
        name: "unknown-word",
        severity: Error,
        what: "A value is not one of the words that its key accepts.",
        why: "Each accepted word corresponds to something that AWS can do. Any other word would have no effect on the \
              output.",
        bad: spec!("
repositories:
  shop: { tag_mutability: imutable }
"),
        good: spec!("
repositories:
  shop: { tag_mutability: immutable }
"),
        source: "ecrgen language reference",
    }
    MALFORMED = {
        name: "malformed",
        severity: Error,
        what: "A text value does not have the format that its key requires.",
        why: "AWS, Terraform or ecrgen defines the format of names, IDs, ARNs, durations and templates. AWS would \
              reject most malformed values in the middle of an apply, and interpret some of them as something else.",
        bad: spec!("
repositories:
  shop: { retention: [{ expire_after: 7 days, of: untagged }] }
"),
        good: spec!("
repositories:
  shop: { retention: [{ expire_after: 7d, of: untagged }] }
"),
        source: "ecrgen language reference; the message names the required format",
    }
    OUT_OF_RANGE = {
        name: "out-of-range",
        severity: Error,
        what: "A number is too small or too large for its key, or is not a whole number.",
        why: "`keep: 0` would delete every image, and ECR rejects it. An upper limit is an AWS quota, the largest \
              number that JSON readers keep exactly, or far above every real value.",
        bad: spec!("
repositories:
  shop: { retention: [{ keep: 0, of: tagged }] }
"),
        good: spec!("
repositories:
  shop: { retention: [{ keep: 10, of: tagged }] }
"),
        source: "ECR user guide, \"Lifecycle policy properties in Amazon ECR\"; ecrgen language reference",
    }
    EMPTY_LIST = {
        name: "empty-list",
        severity: Error,
        what: "A list has no items.",
        why: "An empty list could mean \"nothing\" or \"no restriction\", and for permissions these are opposites. \
              Without the key, the default applies, which the language reference states.",
        bad: spec!("
repositories:
  shop: { retention: [] }
"),
        good: spec!("
repositories:
  shop: {}
"),
        source: "ecrgen language reference",
    }
    DUPLICATE_ITEM = {
        name: "duplicate-item",
        severity: Error,
        what: "A list contains the same item twice.",
        why: "The second item has no effect, or it becomes a second Terraform resource for the same attachment. \
              Usually the author intended a different name.",
        bad: spec!("
repositories: { cart: {}, search: {} }
access:
  nodes: { can: [pull], repositories: [cart, cart], node_roles: [eks-node] }
"),
        good: spec!("
repositories: { cart: {}, search: {} }
access:
  nodes: { can: [pull], repositories: [cart, search], node_roles: [eks-node] }
"),
        source: "ecrgen language reference",
    }
}
