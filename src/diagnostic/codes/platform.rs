//! What AWS refuses of the rest of a platform.

use super::codes;

codes! {
    PLACEHOLDER_WITHOUT_VALUE = {
        name: "placeholder-without-value",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_RESOURCE_TAG = {
        name: "bad-resource-tag",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    CLAIMED_TWICE = {
        name: "claimed-twice",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    LOG_RETENTION_PERIOD = {
        name: "log-retention-period",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    NOT_OUR_BUCKET = {
        name: "not-our-bucket",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_BUCKET_NAME = {
        name: "bad-bucket-name",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_WORKSPACE_NAME = {
        name: "bad-workspace-name",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
