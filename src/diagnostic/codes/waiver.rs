//! Waivers, and how many findings are shown.

use super::codes;

codes! {
    UNKNOWN_RULE = {
        name: "unknown-rule",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    CANNOT_WAIVE = {
        name: "cannot-waive",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    UNUSED_WAIVER = {
        name: "unused-waiver",
        severity: Warning,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    TOO_MANY_FINDINGS = {
        name: "too-many-findings",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
