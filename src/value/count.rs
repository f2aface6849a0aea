//! Counts.

/// A count: a whole number from 1 to [`Count::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(u32);

impl Count {
    /// The highest count, equal to the AWS quota for images per repository.
    pub const MAX: u32 = 100_000;

    /// Takes a number from 1 to [`Count::MAX`].
    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Count(number))
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}
