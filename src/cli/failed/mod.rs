//! Errors that end a command, and what it had found until then.

mod tips;
pub(super) mod usage;

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::report::failure::Failure;
use crate::source::Sources;

/// What a command found before it failed. A document for a program contains both.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Found {
    /// The files that the findings are in.
    pub(in crate::cli) sources: Sources,
    /// The findings.
    pub(in crate::cli) findings: Vec<Diagnostic>,
}

/// The error that ended a command.
#[derive(Debug)]
pub(in crate::cli) struct Failed {
    /// What went wrong.
    pub(in crate::cli) failure: Failure,
    /// What had been found.
    pub(in crate::cli) found: Found,
}

impl Failed {
    /// Adds what was found to the error that ends a command.
    pub(in crate::cli) fn after(error: anyhow::Error, sources: &Sources, findings: Vec<Diagnostic>) -> anyhow::Error {
        let found = Found { sources: sources.clone(), findings };
        Failed { found, ..Failed::of(error) }.into()
    }

    /// The parts of an error.
    pub(in crate::cli) fn of(error: anyhow::Error) -> Failed {
        match error.downcast::<Failed>() {
            Ok(failed) => failed,
            Err(error) => {
                let failure = error.downcast_ref::<Failure>().cloned();
                let failure = failure.unwrap_or_else(|| Failure { message: format!("{error:#}"), details: Vec::new() });
                Failed { failure, found: Found::default() }
            }
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)
    }
}

impl std::error::Error for Failed {}
