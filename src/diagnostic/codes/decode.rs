//! Keys and values that the language does not have.

use super::codes;

codes! {
    UNKNOWN_KEY = {
        name: "unknown-key",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    MISSING_KEY = {
        name: "missing-key",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    KEYS_EXCLUDE_EACH_OTHER = {
        name: "keys-exclude-each-other",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    WRONG_TYPE = {
        name: "wrong-type",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNKNOWN_WORD = {
        name: "unknown-word",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    MALFORMED = {
        name: "malformed",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    OUT_OF_RANGE = {
        name: "out-of-range",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    EMPTY_LIST = {
        name: "empty-list",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    DUPLICATE_ITEM = {
        name: "duplicate-item",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
