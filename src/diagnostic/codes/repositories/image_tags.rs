//! Tag classes.

use crate::diagnostic::codes::{codes, spec};

codes! {
    BAD_IMAGE_TAG = {
        name: "bad-image-tag",
        severity: Error,
        what: "The template of a tag class describes tags that no registry accepts.",
        why: "An image tag starts with a letter, a digit or `_` and has at most 128 characters. Pushing an image with \
              any other tag fails.",
        bad: spec!("
image_tags: { build: \"-{sha:8}\" }
"),
        good: spec!("
image_tags: { build: \"build-{sha:8}\" }
"),
        source: "OCI distribution specification, \"Pulling manifests\"",
    }
    SAME_IMAGE_TAGS = {
        name: "same-image-tags",
        severity: Error,
        what: "Two tag classes describe the same tags.",
        why: "An image tag cannot tell which of the two classes it belongs to. A retention rule for one of them would also \
              apply to the other, and `ecrgen tag` could not name the class of a tag.",
        bad: spec!("
image_tags: { build: \"{sha}\", commit: \"{sha:40}\" }
"),
        good: spec!("
image_tags: { build: \"build-{sha}\", commit: \"{sha}\" }
"),
        source: "ecrgen language reference, `image_tags`",
    }
    RESERVED_NAME = {
        name: "reserved-name",
        severity: Error,
        what: "The name of a tag class is a keyword of the spec language.",
        why: "In `retention`, `of` accepts the name of a tag class or one of `tagged`, `untagged` and `any`, and \
              `keep` accepts `all`. If a tag class had one of these names, a rule could mean either.",
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
        what: "A tag class is used that `image_tags` does not define.",
        why: "ecrgen derives the patterns of AWS's lifecycle rules from the templates of the tag classes. Without a \
              template there is no pattern to match, and the rule would neither delete nor keep any image.",
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
