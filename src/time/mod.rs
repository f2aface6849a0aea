//! Points in time, and the days between them.

mod text;

pub use text::{date, from_epoch, parse_time, second};

use std::num::NonZeroU32;

/// The number of seconds in a day.
pub const DAY: i64 = 86_400;

/// A point in time, in whole seconds since the Unix epoch (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// A time before all others.
    pub const DISTANT_PAST: Time = Time(i64::MIN);

    /// Returns the first second at which something from this time is older than this many days. AWS's "older than" is
    /// strict: one of its worked examples keeps an image of exactly the age in the rule.
    pub fn first_older_than(self, days: NonZeroU32) -> Time {
        Time(self.0.saturating_add(i64::from(days.get()) * DAY + 1))
    }

    /// Returns the time one day later.
    pub fn next_day(self) -> Time {
        Time(self.0.saturating_add(DAY))
    }

    /// Returns the time one second later.
    pub fn next_second(self) -> Time {
        Time(self.0.saturating_add(1))
    }
}
