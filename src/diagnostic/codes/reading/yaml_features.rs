//! YAML features that the spec language does not support.

use crate::diagnostic::codes::{codes, spec};

codes! {
    YAML_ANCHOR = {
        name: "yaml-anchor",
        severity: Error,
        what: "A value has a YAML anchor, such as `&settings`.",
        why: "Anchors exist for aliases, and specs do not support aliases. Every value is written where it is used, so \
              that a reviewer sees it there and each finding has one place.",
        bad: spec!("
repositories:
  cart: &settings { encryption: kms }
"),
        good: spec!("
repositories:
  cart: { encryption: kms }
"),
        source: "YAML 1.2.2, section 6.9.2, \"Node Anchors\"; ecrgen language reference",
    }
    YAML_ALIAS = {
        name: "yaml-alias",
        severity: Error,
        what: "A value is a YAML alias, such as `*settings`.",
        why: "Nested aliases can expand a small file to gigabytes, and a change at the anchor affects places that the \
              diff does not show. Put settings that repositories share under `repository_defaults`. Use `extends` for \
              specs that share most of their text.",
        bad: spec!("
repositories:
  cart: &settings { encryption: kms }
  search: *settings
"),
        good: spec!("
repository_defaults: { encryption: kms }
repositories:
  cart: {}
  search: {}
"),
        source: "YAML 1.2.2, section 7.1, \"Alias Nodes\"; ecrgen language reference",
    }
    YAML_TAG = {
        name: "yaml-tag",
        severity: Error,
        what: "A value has a YAML tag, such as `!!str`.",
        why: "The type of a value follows from its key, so a tag can only repeat or contradict it. To write something \
              that looks like a number as text, put it in quotes.",
        bad: spec!("
account: !!str 123456789012
"),
        good: spec!("
account: \"123456789012\"
"),
        source: "YAML 1.2.2, section 6.9.1, \"Node Tags\"; ecrgen language reference",
    }
    YAML_MERGE_KEY = {
        name: "yaml-merge-key",
        severity: Error,
        what: "A map uses the merge key `<<`.",
        why: "The merge key is an extension of YAML 1.1 that YAML 1.2 does not have. Some parsers merge the maps, and \
              others see a key named `<<`. Put settings that repositories share under `repository_defaults`.",
        bad: spec!("
repositories:
  cart: { <<: { encryption: kms } }
  search: { <<: { encryption: kms } }
"),
        good: spec!("
repository_defaults: { encryption: kms }
repositories:
  cart: {}
  search: {}
"),
        source: "YAML 1.1 type repository, \"Merge Key\"; ecrgen language reference",
    }
    SECOND_DOCUMENT = {
        name: "second-document",
        severity: Error,
        what: "The file contains a second YAML document.",
        why: "A spec describes one platform. Everything after `---` would be a second spec that no command reads.",
        bad: spec!("
repositories: { shop: {} }
---
platform: mill
environment: shared
region: eu-west-1
repositories: { flour: {} }
"),
        good: spec!("
repositories: { shop: {} }
"),
        source: "YAML 1.2.2, section 9.2, \"Streams\"; ecrgen language reference",
    }
}
