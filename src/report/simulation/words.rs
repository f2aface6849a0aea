//! Words that the subjects and formats share.

use crate::lifecycle::Outcome;
use crate::report::numbers::price;
use crate::simulation::{Prices, Sum};

/// What the policy does to an image.
pub(super) fn action(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "keep",
        Outcome::Expired => "expire",
        Outcome::Archived => "archive",
    }
}

/// A repository that has no name, because the input tells none, is `the repository`.
pub(super) fn named(name: &str) -> &str {
    if name.is_empty() { "the repository" } else { name }
}

/// What has to be said of a sum of money that `archive` is part of; nothing if the sum is whole.
pub(in crate::report) fn reserve(prices: &Prices, archive: Sum) -> &'static str {
    if prices.of_archive(archive.bytes).is_none() { " without the archive" } else { "" }
}

/// The prices of storage, a sentence per line; `archived` is in the archive, or will be.
pub(super) fn storage_prices(prices: &Prices, archived: Sum) -> String {
    let standard =
        format!("Prices of {}: {} a GB-month in the standard class", prices.as_of, price(prices.storage_gb_month));
    match (archived.images, prices.archive_gb_month) {
        (0, _) => format!("{standard}."),
        (_, Some(archive)) => format!("{standard}, {} in the archive, for 90 days at least.", price(archive)),
        (_, None) => {
            format!("{standard}.\n  The archive is not priced unless the spec says how: `prices.archive_gb_month`.")
        }
    }
}
