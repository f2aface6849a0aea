//! Which versions of ecrgen a spec is for: a new release never surprises a repository.

use super::VERSION;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::terraform::{Constraint, Version};
use crate::value::EcrgenConstraint;

/// The fault of a spec that is for other versions than this one.
pub fn check(wanted: Option<&Spanned<EcrgenConstraint>>) -> Option<Diagnostic> {
    let wanted = wanted?;
    let this = Version::parse(VERSION).expect("our own version is one");
    let constraint = Constraint::parse(wanted.as_str()).expect("the form of a constraint is what `parse` reads");
    if constraint.admits(&this) {
        return None;
    }
    let message = format!("this spec is for ecrgen {}, and this is ecrgen {VERSION}", wanted.as_str());
    let help = "install that version, or render with this one, read what changes, and raise `ecrgen`";
    Some(Diagnostic::new(&codes::OTHER_VERSION, wanted.span, message).help(help).at("ecrgen"))
}
