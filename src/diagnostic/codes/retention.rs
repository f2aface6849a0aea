//! Sentences of a retention.

use super::codes;

codes! {
    PRIORITY_DOES_NOT_RISE = {
        name: "priority-does-not-rise",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    THEN_WITHOUT_KEEP = {
        name: "then-without-keep",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    PER_SERVICE_CANNOT_TELL = {
        name: "per-service-cannot-tell",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
