//! Classes of image tags.

use super::codes;

codes! {
    BAD_IMAGE_TAG = {
        name: "bad-image-tag",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    RESERVED_NAME = {
        name: "reserved-name",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNKNOWN_TAG_CLASS = {
        name: "unknown-tag-class",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
