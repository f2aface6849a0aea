//! Problems in a lifecycle policy from a JSON file, as text.

use crate::diagnostic::{Code, Diagnostic};
use crate::escape::terminal::Charset;
use crate::lifecycle::Fault;

/// The problems in order, two lines each. Empty if there are none.
pub fn policy_file(charset: Charset, file: &str, faults: &[Fault]) -> String {
    let finding = |fault: &Fault| {
        let constraint = fault.constraint;
        finding(charset, file, &fault.path, &constraint.code, &fault.message, fault.help())
    };
    faults.iter().map(finding).collect()
}

/// A finding of `lint` about the rule at a JSON pointer, two lines.
pub fn policy_remark(charset: Charset, file: &str, path: &str, remark: &Diagnostic) -> String {
    finding(charset, file, path, remark.code, &remark.message, remark.help.as_deref().unwrap_or_default())
}

fn finding(charset: Charset, file: &str, path: &str, code: &Code, message: &str, help: &str) -> String {
    let place = if path.is_empty() { String::new() } else { format!(" at {path}") };
    let [file, place, message, help] = [file, &place, message, help].map(|text| charset.sanitize(text));
    format!("{}[{}]: {file}{place}: {message}\n  help: {help}\n", code.severity, code.name)
}
