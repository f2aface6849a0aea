//! `--only`

use clap::ValueEnum;

use crate::lifecycle::Outcome;
use crate::simulation::Listed;

/// Images to list, by their action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// Images that the run deletes
    Expire,
    /// Images that the run moves to the archive
    Archive,
    /// Images that the run keeps
    Keep,
    /// Images whose action or dates are uncertain
    Uncertain,
}

impl From<Only> for Listed {
    fn from(only: Only) -> Listed {
        match only {
            Only::Expire => Listed::By(Outcome::Expired),
            Only::Archive => Listed::By(Outcome::Archived),
            Only::Keep => Listed::By(Outcome::Kept),
            Only::Uncertain => Listed::Uncertain,
        }
    }
}
