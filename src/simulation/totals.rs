//! How many images a run keeps, archives and expires, and how much they hold.

use super::run::Simulation;
use crate::lifecycle::{Image, Outcome, StorageClass};

/// Images and what they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub images: usize,
    /// Bytes, layers counted once for each image they are in.
    pub bytes: u64,
}

impl Sum {
    /// Takes an image in. An image index holds nothing by itself: DescribeImages gives it the size of the largest manifest it
    /// lists, which is listed too.
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
    /// If the other is not a part of this one.
    fn sub(self, other: Sum) -> Sum {
        Sum { images: self.images - other.images, bytes: self.bytes - other.bytes }
    }
}

/// The images by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// In the standard class before and after.
    pub kept: Sum,
    /// Deleted.
    pub expired: Sum,
    /// Deleted, that were in the archive.
    pub expired_from_archive: Sum,
    /// Moved to the archive.
    pub archived: Sum,
    /// In the archive before and after.
    pub kept_in_archive: Sum,
}

impl Totals {
    /// Of a run.
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
