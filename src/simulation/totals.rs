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
    /// Adds an image. An image index adds no bytes: DescribeImages reports the size of the largest manifest that it lists,
    /// and that manifest is in the listing, too.
    pub fn take(&mut self, image: &Image) {
        self.images += 1;
        self.bytes += if image.is_index() { 0 } else { image.size };
    }
}

impl std::ops::Add for Sum {
    type Output = Sum;

    fn add(self, other: Sum) -> Sum {
        Sum { images: self.images + other.images, bytes: self.bytes + other.bytes }
    }
}

impl std::ops::Sub for Sum {
    type Output = Sum;

    /// # Panics
    /// If the other sum is larger.
    fn sub(self, other: Sum) -> Sum {
        Sum { images: self.images - other.images, bytes: self.bytes - other.bytes }
    }
}

/// Images grouped by what happens to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// In the standard storage class before and after the run.
    pub kept: Sum,
    /// Deleted from the standard storage class.
    pub expired: Sum,
    /// Deleted from the archive.
    pub expired_from_archive: Sum,
    /// Moved to the archive.
    pub archived: Sum,
    /// In the archive before and after the run.
    pub kept_in_archive: Sum,
}

impl Totals {
    /// Computes the totals of a run.
    pub fn of(simulation: &Simulation<'_>) -> Totals {
        let mut totals = Totals::default();
        for (image, outcome) in simulation.images.iter().zip(&simulation.outcomes) {
            let sum = match (outcome.kind, image.storage_class()) {
                (Outcome::Kept, StorageClass::Standard) => &mut totals.kept,
                (Outcome::Kept, StorageClass::Archive) => &mut totals.kept_in_archive,
                (Outcome::Expired, StorageClass::Standard) => &mut totals.expired,
                (Outcome::Expired, StorageClass::Archive) => &mut totals.expired_from_archive,
                (Outcome::Archived, _) => &mut totals.archived,
            };
            sum.take(image);
        }
        totals
    }
}
