//! Values that do not fit their key.

use crate::diagnostic::codes::{codes, spec};

codes! {
    WRONG_TYPE = {
        name: "wrong-type",
        severity: Error,
        what: "A value has another type than its key takes: text, a number, a boolean, a list or a map.",
        why: "YAML decides by its spelling what a value is. Account IDs, versions and git SHAs that look like numbers \
              lose zeros unless they are in quotes; `yes` and `on` are text in YAML 1.2; a single item is not yet a \
              list.",
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
        what: "A value is not one of the words that its key takes.",
        why: "The words stand for what AWS can do; any other word would become nothing in the output.",
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
        what: "A text does not have the form that its key asks for.",
        why: "Names, IDs, ARNs, durations and templates have forms that AWS, Terraform or ecrgen defines. AWS would \
              reject most of the others in the middle of an apply, and take some of them for something else.",
        bad: spec!("
repositories:
  shop: { retention: [{ expire_after: 7 days, of: untagged }] }
"),
        good: spec!("
repositories:
  shop: { retention: [{ expire_after: 7d, of: untagged }] }
"),
        source: "ecrgen language reference; the message says which form is wanted",
    }
    OUT_OF_RANGE = {
        name: "out-of-range",
        severity: Error,
        what: "A number is smaller or larger than its key allows, or is not a whole number.",
        why: "`keep: 0` would delete every image, and ECR rejects it. An upper limit is a quota of AWS, the largest \
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
              Without the key there is only the default, which the language reference states.",
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
        what: "A list names the same thing twice.",
        why: "The second item changes nothing, or becomes a second Terraform resource for the same attachment. Usually \
              another name was meant.",
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
