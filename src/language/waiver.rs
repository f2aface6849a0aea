//! What a spec says about findings it accepts.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{Day, Reason, SpecPath};

record! {
    /// Findings of one rule that are accepted, with the reason.
    pub struct Waiver {
        /// Spec elements whose findings are accepted, and those of everything below them.
        required at: Vec<Spanned<SpecPath>>,
        /// Why.
        required reason: Spanned<Reason>,
        /// The last day on which they are.
        optional until: Spanned<Day>,
    }
}
