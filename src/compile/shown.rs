//! Selects the findings to show.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, codes};

/// The maximum number of findings shown: more than anyone reads, and few enough to print quickly.
const MOST: usize = 500;

/// Removes duplicates, because a problem outside of environments and repositories is found in each of them. If more
/// than [`MOST`] are left, keeps the most severe ones in the order of the files, and adds the number of the others.
pub fn shown(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert((finding.code.name, finding.message.clone(), finding.labels.clone())));
    let more = findings.len().saturating_sub(MOST);
    if more > 0 {
        findings.sort_by_key(|finding| (Reverse(finding.severity), finding.labels.first().map(|label| label.span)));
        findings.truncate(MOST);
        let message = format!(
            "{} not shown",
            if more == 1 { "1 more finding is".into() } else { format!("{more} more findings are") }
        );
        findings.push(
            Diagnostic::without_place(&codes::TOO_MANY_FINDINGS, message)
                .help("fix the findings above, then run again"),
        );
    }
    findings
}
