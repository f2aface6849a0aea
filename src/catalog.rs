//! All codes that a finding can have, with their pages: the codes of the rules, of AWS's constraints on lifecycle
//! policies, and of everything that cannot be read, resolved or written.

use crate::diagnostic::{Code, Severity, codes};
use crate::rules::waiver;

/// All codes, sorted by name.
pub fn all() -> Vec<&'static Code> {
    let others = codes::CODES.iter().copied().flatten().copied();
    let mut all: Vec<&Code> = waiver::waivable().chain(others).collect();
    all.sort_by_key(|code| code.name);
    // A code that is both waivable and not of a rule.
    all.dedup_by(|one, other| std::ptr::eq(*one, *other));
    all
}

/// The codes that `waive` accepts, sorted by name.
pub fn waivable() -> Vec<&'static Code> {
    let mut codes: Vec<&Code> = waiver::waivable().filter(|code| code.severity < Severity::Error).collect();
    codes.sort_by_key(|code| code.name);
    codes
}

/// Finds a code by its name.
pub fn find(name: &str) -> Option<&'static Code> {
    all().into_iter().find(|code| code.name == name)
}
