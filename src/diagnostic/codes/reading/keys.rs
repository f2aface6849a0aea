//! Keys that the language does not have, or does not have together.

use crate::diagnostic::codes::{codes, spec};

codes! {
    UNKNOWN_KEY = {
        name: "unknown-key",
        severity: Error,
        what: "A map has a key that the language does not have at this place.",
        why: "A key that is silently ignored is a setting that you believe in and AWS does not have. Usually it is \
              misspelled, indented too far or too little, or called something else here.",
        bad: spec!("
repositories:
  shop: { encrypton: kms }
"),
        good: spec!("
repositories:
  shop: { encryption: kms }
"),
        source: "ecrgen language reference; `ecrgen schema` prints the keys of every map for editors",
    }
    MISSING_KEY = {
        name: "missing-key",
        severity: Error,
        what: "A key that is required here is missing.",
        why: "There is no default that would be right for most platforms, so ecrgen does not choose one.",
        bad: spec!("
repositories: { shop: {} }
access:
  nodes: { repositories: [shop], node_roles: [eks-node] }
"),
        good: spec!("
repositories: { shop: {} }
access:
  nodes: { can: [pull], repositories: [shop], node_roles: [eks-node] }
"),
        source: "ecrgen language reference",
    }
    KEYS_EXCLUDE_EACH_OTHER = {
        name: "keys-exclude-each-other",
        severity: Error,
        what: "Two keys are used together, but only one of them is allowed.",
        why: "Each of them answers the same question. If ecrgen took one and ignored the other, half of the readers \
              would expect the opposite.",
        bad: spec!("
repositories:
  shop:
    retention: [{ keep: 10, expire_after: 30d, of: tagged }]
"),
        good: spec!("
repositories:
  shop:
    retention: [{ keep: 10, of: tagged }, { expire_after: 7d, of: untagged }]
"),
        source: "ecrgen language reference",
    }
}
