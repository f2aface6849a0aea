//! What a finding tells in addition to its message and its labels.

use crate::diagnostic::Diagnostic;
use crate::prose::{FEW_NAMED, count, named};

/// The environments, and the number of places without a label.
pub(super) fn remarks(finding: &Diagnostic) -> Vec<String> {
    let (environments, more) = (finding.environments(), finding.more());
    let names = || named(environments.iter().map(String::as_str), FEW_NAMED);
    let environments = match environments.len() {
        0 => None,
        1 => Some(format!("in environment {}", names())),
        _ => Some(format!("in environments {}", names())),
    };
    let more = (more > 0).then(|| format!("the same at {}", count(more, "other place")));
    environments.into_iter().chain(more).collect()
}
