//! Findings: errors, warnings and notes, ordered by place.

mod github;
mod json;
mod policy_file;
mod remarks;
mod sarif;
mod snippet;
mod text;

pub use github::github;
pub use json::json;
pub use policy_file::{policy_file, policy_remark};
pub use sarif::sarif;
pub use text::text;

pub(super) use json::{Finding, files, finding};
pub(super) use sarif::add as add_to_sarif;

use std::cmp::Reverse;

use crate::diagnostic::Diagnostic;

/// Findings ordered by file, place in the file, severity (errors first) and code. Findings without a place come last.
/// Equal ones are ordered by message, so that the order never depends on which rule ran first.
pub(super) fn by_place(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by_key(|finding| {
        let place = finding.place().map(|place| (place.file, place.start));
        (place.is_none(), place, Reverse(finding.severity), finding.code.name, &finding.message)
    });
    sorted
}
