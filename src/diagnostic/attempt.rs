//! Runs work that can report several faults before it ends.

use super::{Diagnostic, Severity};

/// Returns the result of `work`, or `None` if it reports an error. All of its reports stay in `faults`.
pub fn attempt<T>(faults: &mut Vec<Diagnostic>, work: impl FnOnce(&mut Vec<Diagnostic>) -> T) -> Option<T> {
    let before = faults.len();
    let result = work(faults);
    faults[before..].iter().all(|fault| fault.severity < Severity::Error).then_some(result)
}
