//! Wording that several reports share.

use crate::escape::terminal::Charset;
use crate::lifecycle::Outcome;
use crate::report::numbers::{price, size};
use crate::simulation::{Prices, Step, Sum};

/// The action of the policy on an image.
pub(super) fn action(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "keep",
        Outcome::Expired => "expire",
        Outcome::Archived => "archive",
    }
}

/// The tags of an image.
pub(super) fn tags(tags: &[String], charset: Charset) -> String {
    if tags.is_empty() { "(untagged)".to_owned() } else { charset.sanitize(&tags.join(", ")) }
}

/// What happens to images on a day.
pub(super) fn step_words(step: Step) -> &'static str {
    match step {
        Step::Expire => "expire",
        Step::Archive => "archive",
        Step::ExpireFromArchive => "expire from archive",
    }
}

/// The name of the repository, or `the repository` if the input has no name.
pub(super) fn named(name: &str) -> &str {
    if name.is_empty() { "the repository" } else { name }
}

/// What the simulation of a schedule assumes for images without a size, in bytes.
pub fn assumed_size(bytes: u64) -> String {
    let size = size(bytes);
    format!("images without a size in the schedule count as {size} each; `of 200MB` at the end of a line sets it")
}

/// A reservation about a sum of money that should include `archive`. Empty if the sum is complete.
pub(in crate::report) fn reserve(prices: &Prices, archive: Sum) -> &'static str {
    if prices.of_archive(archive.bytes).is_none() { " without the archive" } else { "" }
}

/// The storage prices, one sentence per line. `archived` is in the archive or will be.
pub(super) fn storage_prices(prices: &Prices, archived: Sum) -> String {
    let standard =
        format!("Prices as of {}: {} per GB-month in standard storage", prices.as_of, price(prices.storage_gb_month));
    let sentence = match (archived.images, prices.archive_gb_month) {
        (0, _) => format!("{standard}."),
        (_, Some(archive)) => format!("{standard}, {} in the archive (for at least 90 days).", price(archive)),
        (_, None) => {
            format!("{standard}.\n  The archive has no price: set `prices.archive_gb_month` in the spec.")
        }
    };
    format!("{sentence}\n  1 GB is 1,073,741,824 bytes (1024 MB), as AWS bills storage.")
}
