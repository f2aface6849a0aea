//! Keys that are unknown, missing or cannot be used together.

use crate::diagnostic::codes::{codes, spec};

codes! {
    UNKNOWN_KEY = {
        name: "unknown-key",
        severity: Error,
        what: "A map has a key that the spec language does not define in this place.",
        why: "If ecrgen ignored an unknown key, you would rely on a setting that never reaches AWS. Usually the key is \
              misspelled, indented too far or not far enough, or has another name in the spec language.",
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
    MISPLACED_KEY = {
        name: "misplaced-key",
        severity: Error,
        what: "A key of an entry is where the names of entries are expected.",
        why: "In YAML, the indentation decides which map a key belongs to. A setting that is indented like the name of a \
              repository would be a repository with this name.",
        bad: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop:
  retention: [{ keep: 10, of: release }]
"),
        good: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop:
    retention: [{ keep: 10, of: release }]
"),
        source: "YAML 1.2.2, section 8.2.2, \"Block Mappings\"; ecrgen language reference",
    }
    MISSING_KEY = {
        name: "missing-key",
        severity: Error,
        what: "A required key is missing.",
        why: "No default would be right for most platforms, so ecrgen does not choose one.",
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
        why: "Both keys answer the same question. If ecrgen used one and ignored the other, a reader could \
              expect the opposite of what happens.",
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
