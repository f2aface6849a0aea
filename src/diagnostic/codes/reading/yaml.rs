//! Text that is not YAML, or is not what its author takes it for.

use crate::diagnostic::codes::{codes, spec};

codes! {
    YAML_SYNTAX = {
        name: "yaml-syntax",
        severity: Error,
        what: "The file is not valid YAML.",
        why: "A parser that guesses reads something else than you wrote. Most of these errors are an indentation that \
              fits no line above, a tab, a bracket that is never closed, or text that needs quotes because it holds `: \
              ` or begins with a character such as `{`, `[`, `*` or `&`. Reading stops here, so later errors show up \
              in the next run.",
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
        why: "YAML requires the keys of a map to be unique. Many parsers keep the last one without a word, and the \
              settings of the first one are lost.",
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
        what: "A map has a key without a name.",
        why: "YAML allows an empty key, but nothing in a spec can be called by it. Usually the name before the colon \
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
        what: "A key is a list or a map instead of a word.",
        why: "YAML allows any value as a key, but every key of a spec is a name. Usually a text that begins with `{` \
              or `[` has lost its quotes.",
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
        what: "A placeholder in braces has no quotes around it.",
        why: "Braces begin a map in YAML: without quotes, `{sha}` is a map with the key `sha` and not a text.",
        bad: spec!("
image_tags: { build: {sha} }
"),
        good: spec!("
image_tags: { build: \"{sha}\" }
"),
        source: "YAML 1.2.2, section 7.4.2, \"Flow Mappings\"",
    }
}
