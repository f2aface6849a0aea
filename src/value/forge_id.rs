//! The numeric IDs of GitHub and GitLab.

/// The numeric ID of a GitHub owner or repository, or of a GitLab project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForgeId(u64);

impl ForgeId {
    /// The highest number that JSON readers represent exactly.
    pub const MAX: u64 = (1 << 53) - 1;

    /// Takes a number from 1 to [`ForgeId::MAX`].
    pub fn new(number: u64) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(ForgeId(number))
    }

    /// The number.
    pub fn get(self) -> u64 {
        self.0
    }
}
