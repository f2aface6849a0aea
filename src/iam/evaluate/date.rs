//! Dates and times in conditions.

/// Whether a date condition can have this value.
pub(in crate::iam) fn is_date(text: &str) -> bool {
    seconds(text).is_some()
}

/// The seconds since 1970. The text is an ISO 8601 date (`2026-11-21`), a date with a time (`2026-11-21T10:00:00Z`,
/// optionally with a fraction and an offset), or a number of seconds.
pub(super) fn seconds(text: &str) -> Option<f64> {
    if let Ok(epoch) = text.parse::<i64>() {
        return Some(epoch as f64);
    }
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let midnight = days(date)? * 86_400.0;
    time.map_or(Some(midnight), |time| Some(midnight + seconds_of_day(time)?))
}

fn seconds_of_day(time: &str) -> Option<f64> {
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        None => (time, 0.0),
        Some(at) if &time[at..] == "Z" => (&time[..at], 0.0),
        Some(at) if time[at..].starts_with('-') => (&time[..at], -clock_seconds(&time[at + 1..])?),
        Some(at) => (&time[..at], clock_seconds(&time[at + 1..])?),
    };
    Some(clock_seconds(clock)? - offset)
}

/// The seconds in `HH:MM` or `HH:MM:SS.s`.
fn clock_seconds(clock: &str) -> Option<f64> {
    let (hours, rest) = clock.split_once(':')?;
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "0"));
    let whole = hours.parse::<u8>().ok().zip(minutes.parse::<u8>().ok());
    let seconds = seconds.parse::<f64>().ok().filter(|seconds| (0.0..=60.0).contains(seconds));
    whole
        .zip(seconds)
        .map(|((hours, minutes), seconds)| f64::from(hours) * 3_600.0 + f64::from(minutes) * 60.0 + seconds)
}

/// The days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day is the last
/// day of the year.
fn days(date: &str) -> Option<f64> {
    const FROM_MARCH_OF_YEAR_0: i64 = 719_468;
    let parts: Option<Vec<i64>> = date.split('-').map(|part| part.parse().ok()).collect();
    let [year @ 1..=9999, month @ 1..=12, day @ 1..=31] = parts?[..] else { return None };
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    Some((365 * year + leap_days + day_of_year - FROM_MARCH_OF_YEAR_0) as f64)
}
