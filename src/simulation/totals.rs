//! The number and size of the images that a run keeps, archives and expires.

use super::run::Simulation;
use crate::lifecycle::{Image, Outcome, StorageClass};

/// A number of images and their size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The number of images.
    pub images: usize,
    /// Their size in bytes. A layer counts once for each image that contains it.
    pub bytes: u64,
}

impl Sum {
    /// One image.
    pub fn of(image: &Image) -> Sum {
        let mut sum = Sum::default();
        sum.take(image);
        sum
    }

    /// Adds an image. An image index adds no bytes: DescribeImages reports the size of the largest manifest that it lists,
    /// and that manifest is in the listing, too.
    pub fn take(&mut self, image: &Image) {
        self.images += 1;
        self.bytes = self.bytes.saturating_add(if image.is_index() { 0 } else { image.size });
    }
}

impl std::ops::Add for Sum {
    type Output = Sum;

    fn add(self, other: Sum) -> Sum {
        Sum { images: self.images + other.images, bytes: self.bytes.saturating_add(other.bytes) }
    }
}

impl std::ops::Sub for Sum {
    type Output = Sum;

    /// # Panics
    /// If the other sum has more images.
    fn sub(self, other: Sum) -> Sum {
        Sum { images: self.images - other.images, bytes: self.bytes.saturating_sub(other.bytes) }
    }
}

/// Images grouped by what happens to them in a run: for certain, or possibly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// In the standard storage class before and after the run.
    pub kept: Sum,
    /// Deleted from the standard storage class.
    pub expired: Sum,
    /// Possibly deleted from the standard storage class.
    pub may_expire: Sum,
    /// Moved to the archive.
    pub archived: Sum,
    /// Possibly moved to the archive.
    pub may_be_archived: Sum,
    /// In the archive before and after the run.
    pub kept_in_archive: Sum,
    /// Deleted from the archive.
    pub expired_from_archive: Sum,
    /// Possibly deleted from the archive.
    pub may_expire_from_archive: Sum,
}

impl Totals {
    /// Computes the totals of a run.
    pub fn of(simulation: &Simulation<'_>) -> Totals {
        let mut totals = Totals::default();
        for (image, outcome) in simulation.images.iter().zip(&simulation.outcomes) {
            let certain = outcome.possible.is_none();
            let sum = match (outcome.possible.unwrap_or(outcome.kind), image.storage_class()) {
                (Outcome::Kept, StorageClass::Standard) => &mut totals.kept,
                (Outcome::Kept, StorageClass::Archive) => &mut totals.kept_in_archive,
                (Outcome::Expired, StorageClass::Standard) if certain => &mut totals.expired,
                (Outcome::Expired, StorageClass::Standard) => &mut totals.may_expire,
                (Outcome::Expired, StorageClass::Archive) if certain => &mut totals.expired_from_archive,
                (Outcome::Expired, StorageClass::Archive) => &mut totals.may_expire_from_archive,
                (Outcome::Archived, _) if certain => &mut totals.archived,
                (Outcome::Archived, _) => &mut totals.may_be_archived,
            };
            sum.take(image);
        }
        totals
    }
}
