//! Checks that a spec allows this version of ecrgen, so that a new release never changes its output unexpectedly.

use super::VERSION;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::terraform::{Constraint, Version};
use crate::value::EcrgenConstraint;

/// The error of a spec that does not allow this version.
pub fn check(wanted: Option<&Spanned<EcrgenConstraint>>) -> Option<Diagnostic> {
    let wanted = wanted?;
    let this = Version::parse(VERSION).expect("our own version is one");
    let constraint = Constraint::parse(wanted.as_str()).expect("the form of a constraint is what `parse` reads");
    if constraint.admits(&this) {
        return None;
    }
    let message = format!("this spec needs ecrgen {}, but this is ecrgen {VERSION}", wanted.as_str());
    let help = format!(
        "install a matching version, or change `ecrgen` to allow {VERSION} and review the changes to the output"
    );
    Some(Diagnostic::new(&codes::OTHER_VERSION, wanted.span, message).help(help).at("ecrgen"))
}
