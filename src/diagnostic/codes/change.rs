//! Changes that would lose what is committed.

use super::codes;

codes! {
    REPOSITORY_LOST = {
        name: "repository-lost",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    ALL_REPOSITORIES_LOST = {
        name: "all-repositories-lost",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    REPOSITORY_REPLACED = {
        name: "repository-replaced",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    KEY_LOST = {
        name: "key-lost",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    REMOVED_AND_THERE = {
        name: "removed-and-there",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
