//! Waivers: findings that a spec accepts.

use crate::decode::record;
use crate::source::Spanned;
use crate::value::{Day, Reason, SpecPath};

record! {
    /// Accepts findings of one rule, and gives the reason.
    pub struct Waiver {
        /// Paths of the spec elements whose findings are waived, including the findings of everything below them.
        /// Required. Example: `at: [repositories.cart]`.
        required at: Vec<Spanned<SpecPath>>,
        /// Why the findings are acceptable; reports quote it. Required.
        /// Example: `reason: Images are rebuilt every night`.
        required reason: Spanned<Reason>,
        /// Last day on which the findings are waived, in quotes. Default: the waiver does not end.
        /// Example: `until: "2027-06-30"`.
        optional until: Spanned<Day>,
    }
}
