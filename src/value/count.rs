//! Counts.

/// A count: a whole number from 1 to [`Count::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(u32);

impl Count {
    /// The highest count that a spec can contain, equal to AWS's default quota for images per repository.
    pub const MAX: u32 = 100_000;

    /// A count that keeps all images. AWS can raise the quota on request, so the count is higher than any quota, as in the
    /// widely used Terraform modules for repositories.
    pub const ALL: u32 = 999_999;

    /// Takes a number from 1 to [`Count::MAX`].
    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Count(number))
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}
