//! Text that is not valid YAML, or that YAML reads differently from what its author expects.

use crate::diagnostic::codes::{codes, spec};

codes! {
    YAML_SYNTAX = {
        name: "yaml-syntax",
        severity: Error,
        what: "The file is not valid YAML.",
        why: "A parser that guesses would read something other than what you wrote. Most of these errors are an \
              indentation that matches no line above, a tab, a bracket that is never closed, or text that needs quotes \
              because it contains `: ` or starts with a character such as `{`, `[`, `*` or `&`. ecrgen stops reading \
              here, so later errors appear in the next run.",
        bad: spec!("
repositories: { shop: { encryption: kms }
"),
        good: spec!("
repositories: { shop: { encryption: kms } }
"),
        source: "YAML 1.2.2, chapters 5 to 9",
    }
    DUPLICATE_KEY = {
        name: "duplicate-key",
        severity: Error,
        what: "A map has the same key twice.",
        why: "YAML requires the keys of a map to be unique. Many parsers silently keep the last one, and the settings \
              under the first one are lost.",
        bad: spec!("
repositories:
  shop: { encryption: kms }
  shop: { scan_on_push: true }
"),
        good: spec!("
repositories:
  shop: { encryption: kms, scan_on_push: true }
"),
        source: "YAML 1.2.2, section 3.2.1.3, \"Node Comparison\"",
    }
    EMPTY_KEY = {
        name: "empty-key",
        severity: Error,
        what: "A map has an empty key.",
        why: "YAML allows an empty key, but everything in a spec has a name. Usually the name in front of the colon \
              was forgotten.",
        bad: spec!("
repositories:
  : { encryption: kms }
"),
        good: spec!("
repositories:
  shop: { encryption: kms }
"),
        source: "YAML 1.2.2, section 7.2, \"Empty Nodes\"",
    }
    COMPLEX_KEY = {
        name: "complex-key",
        severity: Error,
        what: "A key is a list or a map instead of a name.",
        why: "YAML allows any value as a key, but every key in a spec is a name. Usually, text that starts with `{` \
              or `[` is missing its quotes.",
        bad: spec!("
repositories:
  [cart, search]: { encryption: kms }
"),
        good: spec!("
repositories:
  cart: { encryption: kms }
  search: { encryption: kms }
"),
        source: "YAML 1.2.2, section 3.2.1.1, \"Nodes\"",
    }
    UNQUOTED_PLACEHOLDER = {
        name: "unquoted-placeholder",
        severity: Error,
        what: "A placeholder in braces is not in quotes.",
        why: "In YAML, a brace starts a map. Without quotes, `{sha}` is a map with the key `sha`, not text.",
        bad: spec!("
image_tags: { build: {sha} }
"),
        good: spec!("
image_tags: { build: \"{sha}\" }
"),
        source: "YAML 1.2.2, section 7.4.2, \"Flow Mappings\"",
    }
}
