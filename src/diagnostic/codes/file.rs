//! Files that cannot be read or merged.

use super::codes;

codes! {
    UNREADABLE_FILE = {
        name: "unreadable-file",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    NOT_TEXT = {
        name: "not-text",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    EXTENDS_LOOP = {
        name: "extends-loop",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    NOT_IN_ENVIRONMENTS = {
        name: "not-in-environments",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    OTHER_VERSION = {
        name: "other-version",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
