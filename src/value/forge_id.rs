//! The numbers that GitHub and GitLab give to what they host.

/// A number that GitHub gave to an owner or a repository, or GitLab to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForgeId(u64);

impl ForgeId {
    /// The largest that JSON readers keep exactly.
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
