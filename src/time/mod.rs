//! Points in time, and the days that they are counted in.

mod text;

pub use text::{date, from_epoch, parse_time, second};

use std::num::NonZeroU32;

/// The seconds of a day.
pub const DAY: i64 = 86_400;

/// Whole seconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// Before everything.
    pub const DISTANT_PAST: Time = Time(i64::MIN);

    /// The first second at which something of this time is older than so many days: AWS's "older than" is strict, one
    /// of its worked examples spares an image of exactly the age in the rule.
    pub fn first_older_than(self, days: NonZeroU32) -> Time {
        Time(self.0.saturating_add(i64::from(days.get()) * DAY + 1))
    }

    /// A second later.
    pub fn next_second(self) -> Time {
        Time(self.0.saturating_add(1))
    }
}
