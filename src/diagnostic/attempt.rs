//! Work that can report several faults before it is over.

use super::{Diagnostic, Severity};

/// What `work` makes, unless it reports an error. Whatever it reports stays in `faults`.
pub fn attempt<T>(faults: &mut Vec<Diagnostic>, work: impl FnOnce(&mut Vec<Diagnostic>) -> T) -> Option<T> {
    let before = faults.len();
    let made = work(faults);
    faults[before..].iter().all(|fault| fault.severity < Severity::Error).then_some(made)
}
