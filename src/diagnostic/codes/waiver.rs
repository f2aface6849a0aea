//! Waivers, and the limit on the number of findings.

use super::{codes, spec};
use crate::diagnostic::Example::Words;

codes! {
    UNKNOWN_RULE = {
        name: "unknown-rule",
        severity: Error,
        what: "`waive` names a code that no rule and no lifecycle policy constraint has.",
        why: "A waiver accepts the findings of one rule. With a misspelled code it accepts nothing, and the finding \
              that it was written for is still reported.",
        bad: spec!("
image_tags: { release: \"{service}-v{version}\" }
repositories:
  shop: { services: [cart, search], retention: [{ keep: 5, of: release }] }
waive:
  shared-retention-cuont: { at: [repositories.shop], reason: \"Five images in all are enough\" }
"),
        good: spec!("
image_tags: { release: \"{service}-v{version}\" }
repositories:
  shop: { services: [cart, search], retention: [{ keep: 5, of: release }] }
waive:
  shared-retention-count: { at: [repositories.shop], reason: \"Five images in all are enough\" }
"),
        source: "ecrgen language reference, `waive`; `ecrgen explain` lists all codes",
    }
    CANNOT_WAIVE = {
        name: "cannot-waive",
        severity: Error,
        what: "`waive` names a code whose findings are errors, or are not about the platform of the spec.",
        why: "An error means that AWS would reject the output, that the public would get access, or that an assertion or \
              expectation in the spec is not true. A reason in the spec does not change that. Only warnings and notes \
              can be waived.",
        bad: spec!("
repositories:
  shop: {}
waive:
  too-many-rules: { at: [repositories.shop], reason: \"We need all of them\" }
"),
        good: spec!("
repositories:
  shop: {}
"),
        source: "ecrgen language reference, `waive`",
    }
    UNUSED_WAIVER = {
        name: "unused-waiver",
        severity: Warning,
        what: "A waiver does not match any finding.",
        why: "The finding that it was written for was fixed, or `at` does not name the right place. If the waiver \
              stays, it silently accepts the next finding of that rule, which no one has reviewed.",
        bad: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 5, of: release }] }
waive:
  shared-retention-count: { at: [repositories.shop], reason: \"Five images in all are enough\" }
"),
        good: spec!("
image_tags: { release: \"v{version}\" }
repositories:
  shop: { retention: [{ keep: 5, of: release }] }
"),
        source: "ecrgen language reference, `waive`",
    }
    TOO_MANY_FINDINGS = {
        name: "too-many-findings",
        severity: Note,
        what: "There are more than 500 findings, and only 500 of them are shown.",
        why: "This many findings usually have few causes, and the first findings of each file show them. Errors are \
              shown before warnings, so the exit status is the same as if all findings were shown.",
        bad: Words("
A file with 600 unknown keys, for example one that was written for another program.
"),
        good: Words("
The same file after the first findings are fixed.
"),
        source: "ecrgen's own limit",
    }
}
