//! The root module, its variables and its outputs.

use super::codes;

codes! {
    BAD_CONSTRAINT = {
        name: "bad-constraint",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    BAD_DIRECTORY = {
        name: "bad-directory",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNKNOWN_OUTPUT = {
        name: "unknown-output",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    VARIABLE_CONFLICT = {
        name: "variable-conflict",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    RESERVED_VARIABLE_NAME = {
        name: "reserved-variable-name",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    REFERENCE_WITHOUT_SHARED_ROOT = {
        name: "reference-without-shared-root",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    REFERENCE_OUTSIDE_OF_ROOT_MODULE = {
        name: "reference-outside-of-root-module",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    TERRAFORM = {
        name: "terraform",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
