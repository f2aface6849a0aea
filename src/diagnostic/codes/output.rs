//! Files on disk.

use super::codes;

codes! {
    FILES_COLLIDE = {
        name: "files-collide",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    NOT_OURS = {
        name: "not-ours",
        severity: Error,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
    LEFT_ALONE = {
        name: "left-alone",
        severity: Advice,
        what: "",
        why: "",
        bad: Nothing,
        good: Nothing,
        source: "",
    }
}
