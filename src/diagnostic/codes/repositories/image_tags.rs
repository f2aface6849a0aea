//! Classes of image tags.

use crate::diagnostic::codes::{codes, spec};

codes! {
    BAD_IMAGE_TAG = {
        name: "bad-image-tag",
        severity: Error,
        what: "The template of an image tag class describes tags that no registry accepts.",
        why: "A tag begins with a letter, a digit or `_` and has at most 128 characters. A push with any other tag \
              fails.",
        bad: spec!("
image_tags: { build: \"-{sha:8}\" }
"),
        good: spec!("
image_tags: { build: \"build-{sha:8}\" }
"),
        source: "OCI distribution specification, \"Pulling manifests\"",
    }
    RESERVED_NAME = {
        name: "reserved-name",
        severity: Error,
        what: "An image tag class has a name that is a word of the language.",
        why: "In `retention`, `of` takes the name of a class or one of `tagged`, `untagged` and `any`, and `keep` \
              takes `all`. With a class of the same name, a rule could mean either.",
        bad: spec!("
image_tags: { tagged: \"v{version}\" }
"),
        good: spec!("
image_tags: { release: \"v{version}\" }
"),
        source: "ecrgen language reference, `image_tags`",
    }
    UNKNOWN_TAG_CLASS = {
        name: "unknown-tag-class",
        severity: Error,
        what: "A rule names an image tag class that `image_tags` does not define.",
        why: "The patterns of AWS's lifecycle rules come from the templates of the classes. Without a template there \
              is nothing to match, and the rule would delete or keep no image.",
        bad: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 10, of: releases }] }
"),
        good: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 10, of: release }] }
"),
        source: "ecrgen language reference, `image_tags`",
    }
}
