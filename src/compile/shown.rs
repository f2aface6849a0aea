//! Which findings are shown.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, codes};

/// More than anybody reads, and few enough to be printed in a moment.
const MOST: usize = 500;

/// Each finding once, since what stands outside of environments and repositories is found in each of them. Of more than
/// [`MOST`], the heaviest ones, the first ones of each file, and the number of those left out.
pub(super) fn shown(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert((finding.code.name, finding.message.clone(), finding.labels.clone())));
    let more = findings.len().saturating_sub(MOST);
    if more > 0 {
        findings.sort_by_key(|finding| (Reverse(finding.severity), finding.labels.first().map(|label| label.span)));
        findings.truncate(MOST);
        let message = format!("{more} more findings are not shown");
        findings.push(Diagnostic::without_place(&codes::TOO_MANY_FINDINGS, message).help("fix these first"));
    }
    findings
}
