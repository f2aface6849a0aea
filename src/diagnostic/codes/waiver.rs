//! Waivers, and how many findings are shown.

use super::{codes, spec};
use crate::diagnostic::Example::Words;

codes! {
    UNKNOWN_RULE = {
        name: "unknown-rule",
        severity: Error,
        what: "`waive` names a code that no rule and no constraint on lifecycle policies has.",
        why: "A waiver accepts the findings of one rule. Under a wrong name it accepts nothing, and the finding that \
              it was written for comes as a surprise.",
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
        what: "`waive` names a code whose findings are errors.",
        why: "An error is what AWS rejects, what gives access to anyone, or what the spec asserts or expects of itself \
              and is not true. A reason in the spec would change none of that. Warnings and notes can be waived.",
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
        what: "A waiver accepts no finding.",
        why: "The finding that it was written for is gone, or `at` does not name the place of it. A waiver that stays \
              would accept the next finding of that rule, which was never reviewed.",
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
        what: "There are more than 500 findings, and the rest of them is not shown.",
        why: "So many findings have few causes, and the first ones of each file show them. Errors are shown before \
              warnings, so the exit status is that of all findings.",
        bad: Words("
A file with 600 keys that the language does not have, for example one that is written for another program.
"),
        good: Words("
The same file after the first findings are fixed.
"),
        source: "ecrgen's own limit",
    }
}
