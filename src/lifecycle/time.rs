//! Points in time.

use std::num::NonZeroU32;

/// Whole seconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// Before everything.
    pub(super) const DISTANT_PAST: Time = Time(i64::MIN);

    /// The first second at which something of this time is older than so many days: AWS's "older than" is strict, one
    /// of its worked examples spares an image of exactly the age in the rule.
    pub(super) fn first_older_than(self, days: NonZeroU32) -> Time {
        Time(self.0.saturating_add(i64::from(days.get()) * 86_400 + 1))
    }

    pub(super) fn next_second(self) -> Time {
        Time(self.0.saturating_add(1))
    }
}
