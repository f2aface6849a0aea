//! The rows of the totals of a run.

use crate::simulation::{Prices, Sum, Totals};

/// Images with the same fate.
pub(super) struct Row {
    /// What happens to them, in words.
    pub(super) what: &'static str,
    /// The key in JSON.
    pub(super) key: &'static str,
    /// Their number and size.
    pub(super) sum: Sum,
    /// Their cost per month before the run, if it is known.
    pub(super) cost: Option<f64>,
    /// Whether they move to the archive.
    pub(super) is_archived: bool,
}

/// One row per fate.
pub(super) fn rows(totals: &Totals, prices: &Prices) -> [Row; 8] {
    let standard =
        |what, key, sum: Sum| Row { what, key, sum, cost: Some(prices.of_storage(sum.bytes)), is_archived: false };
    let archived = |what, key, sum: Sum| Row { is_archived: true, ..standard(what, key, sum) };
    let in_archive = |what, key, sum: Sum| Row { cost: prices.of_archive(sum.bytes), ..standard(what, key, sum) };
    [
        standard("keep", "keep", totals.kept),
        standard("expire", "expire", totals.expired),
        standard("may expire", "may_expire", totals.may_expire),
        archived("archive", "archive", totals.archived),
        archived("may be archived", "may_archive", totals.may_be_archived),
        in_archive("keep in archive", "keep_in_archive", totals.kept_in_archive),
        in_archive("expire from archive", "expire_from_archive", totals.expired_from_archive),
        in_archive("may leave archive", "may_expire_from_archive", totals.may_expire_from_archive),
    ]
}

/// All images in standard storage before the run, and all in the archive.
pub(super) fn before(totals: &Totals) -> (Sum, Sum) {
    let standard = totals.kept + totals.expired + totals.may_expire + totals.archived + totals.may_be_archived;
    (standard, totals.kept_in_archive + totals.expired_from_archive + totals.may_expire_from_archive)
}
