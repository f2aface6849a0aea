//! What is wrong with a spec, or worth a remark: findings by place.

mod github;
mod json;
mod policy_file;
mod snippet;
mod text;

pub use github::github;
pub use json::json;
pub use policy_file::policy_file;
pub use text::text;

pub(super) use json::{Finding, files, finding};

use std::cmp::Reverse;

use crate::diagnostic::Diagnostic;

/// By file, place in the file, weight (heaviest first) and code; those without a place last. The message settles the
/// rest, so that the order never depends on which rule ran first.
pub(super) fn by_place(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by_key(|finding| {
        let place = finding.labels.first().map(|label| (label.span.file, label.span.start));
        (place.is_none(), place, Reverse(finding.severity), finding.code.name, &finding.message)
    });
    sorted
}
