//! YAML that is not part of the language.

use super::codes;

codes! {
    YAML_SYNTAX = {
        name: "yaml-syntax",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    YAML_ANCHOR = {
        name: "yaml-anchor",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    YAML_ALIAS = {
        name: "yaml-alias",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    YAML_TAG = {
        name: "yaml-tag",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    YAML_MERGE_KEY = {
        name: "yaml-merge-key",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    SECOND_DOCUMENT = {
        name: "second-document",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    COMPLEX_KEY = {
        name: "complex-key",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    DUPLICATE_KEY = {
        name: "duplicate-key",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    EMPTY_KEY = {
        name: "empty-key",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    EMPTY_FILE = {
        name: "empty-file",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    LONE_CARRIAGE_RETURN = {
        name: "lone-carriage-return",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNQUOTED_PLACEHOLDER = {
        name: "unquoted-placeholder",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    TOO_LARGE = {
        name: "too-large",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
