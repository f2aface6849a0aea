//! Names and settings of repositories.

use super::codes;

codes! {
    BAD_REPOSITORY_NAME = {
        name: "bad-repository-name",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    REPOSITORY_NAME_TAKEN = {
        name: "repository-name-taken",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNKNOWN_REPOSITORY = {
        name: "unknown-repository",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    KEY_TOO_LONG = {
        name: "key-too-long",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    NOT_A_DEFAULT = {
        name: "not-a-default",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    MUTABILITY_FILTERS = {
        name: "mutability-filters",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_KEY_ALIAS = {
        name: "bad-key-alias",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_EARLIER_KEY = {
        name: "bad-earlier-key",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
