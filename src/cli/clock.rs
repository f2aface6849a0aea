//! The system clock. All other code takes the time as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::time::Time;

/// The current time. A clock set before 1970 counts as 1970.
pub(super) fn now() -> Time {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Time(i64::try_from(seconds).unwrap_or(i64::MAX))
}
