//! Problems in a lifecycle policy from a JSON file, as text.

use crate::escape::terminal::Charset;
use crate::lifecycle::Fault;

/// The problems in order, two lines each. Empty if there are none.
pub fn policy_file(charset: Charset, file: &str, faults: &[Fault]) -> String {
    faults.iter().map(|fault| finding(charset, file, fault)).collect()
}

fn finding(charset: Charset, file: &str, fault: &Fault) -> String {
    let code = &fault.constraint.code;
    let place = if fault.path.is_empty() { String::new() } else { format!(" at {}", fault.path) };
    let (file, place, message) = (charset.sanitize(file), charset.sanitize(&place), charset.sanitize(&fault.message));
    let help = fault.help();
    format!("{}[{}]: {file}{place}: {message}\n  help: {help}\n", code.severity, code.name)
}
