//! AWS's constraints on lifecycle policies, one entry per constraint.

mod action;
mod grammar;
mod size;
mod tags;
mod together;

pub(crate) use action::*;
pub(crate) use grammar::*;
pub(crate) use size::*;
pub(crate) use tags::*;
pub(crate) use together::*;

use crate::diagnostic::Code;

/// A constraint that a policy can violate.
#[derive(Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Its name, its severity and its page.
    pub code: Code,
    /// How to fix a violation.
    pub help: &'static str,
}

/// Declares each constraint as a static with its name, and a list of all of them.
macro_rules! declare {
    ($($NAME:ident = {
        name: $name:literal,
        severity: $severity:ident,
        what: $what:literal,
        why: $why:literal,
        bad: $bad:expr,
        good: $good:expr,
        source: $source:literal,
        help: $help:literal,
    })+) => {
        $(
            #[doc = $what]
            pub(crate) static $NAME: $crate::lifecycle::Constraint = $crate::lifecycle::Constraint {
                code: $crate::diagnostic::Code {
                    name: $name,
                    severity: $crate::diagnostic::Severity::$severity,
                    what: $what,
                    why: $why,
                    bad: $bad,
                    good: $good,
                    source: $source,
                    is_claim: false,
                },
                help: $help,
            };
        )+

        /// The constraints of this file.
        pub(super) static CONSTRAINTS: &[&$crate::lifecycle::Constraint] = &[$(&$NAME),+];
    };
}

/// An example spec with a lifecycle policy in AWS's own format. The argument is the list of rules.
macro_rules! rules {
    ($rules:literal) => {
        $crate::diagnostic::Example::Spec(concat!(
            "\nplatform: shop\nenvironment: shared\nregion: eu-central-1\n",
            "repositories:\n  shop:\n    lifecycle_policy:\n      rules:",
            $rules
        ))
    };
}

use declare;
use rules;

/// All constraints: first the grammar, then the constraints on a single rule, then those on the whole policy.
pub fn constraints() -> impl Iterator<Item = &'static Constraint> {
    let files =
        [grammar::CONSTRAINTS, tags::CONSTRAINTS, action::CONSTRAINTS, size::CONSTRAINTS, together::CONSTRAINTS];
    files.into_iter().flatten().copied()
}
