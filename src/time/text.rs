//! Points in time as AWS and people write them, all in the proleptic Gregorian calendar and UTC.

use super::{DAY, Time};

/// The last second of the year 9999: what lies behind it is a number of milliseconds.
const LAST: i64 = 253_402_300_799;

/// Reads `2026-11-21`, `2026-11-21T10:30:00Z`, `…+07:00`, with or without a fraction (cut off), or seconds since 1970.
///
/// # Errors
/// A sentence on what is wrong, without the text itself.
pub fn parse_time(text: &str) -> Result<Time, &'static str> {
    if let Ok(seconds) = text.parse::<f64>() {
        return from_epoch(seconds);
    }
    let (day, clock) = text.split_once(['T', ' ']).map_or((text, None), |(day, clock)| (day, Some(clock)));
    let days = parse_day(day).ok_or("is not a day such as 2026-11-21 or a time such as 2026-11-21T10:30:00Z")?;
    let Some(clock) = clock else { return Ok(Time(days * DAY)) };
    let zone_at = clock.find(['Z', '+', '-']).ok_or("has no time zone: write Z or +07:00 behind it")?;
    let (clock, zone) = clock.split_at(zone_at);
    let seconds = parse_clock(clock).ok_or("has a time of day that is none")?;
    let offset = parse_zone(zone).ok_or("has a time zone that is none")?;
    Ok(Time(days * DAY + seconds - offset))
}

/// Seconds since 1970, the fraction cut off.
///
/// # Errors
/// As [`parse_time`].
pub fn from_epoch(seconds: f64) -> Result<Time, &'static str> {
    match seconds.floor() {
        whole if (0.0..=LAST as f64).contains(&whole) => Ok(Time(whole as i64)),
        whole if whole > LAST as f64 => Err("lies behind the year 9999: are these milliseconds?"),
        _ => Err("lies before 1970"),
    }
}

/// The day, as `2026-11-21`.
pub fn date(time: Time) -> String {
    let days = time.0.div_euclid(DAY) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The second, as `2026-11-21T10:30:00Z`.
pub fn second(time: Time) -> String {
    let of_day = time.0.rem_euclid(DAY);
    format!("{}T{:02}:{:02}:{:02}Z", date(time), of_day / 3600, of_day / 60 % 60, of_day % 60)
}

/// Days since 1970.
fn parse_day(text: &str) -> Option<i64> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year < 1970 || !(1..=length).contains(&day) {
        return None;
    }
    // Years that begin on the first of March: the leap day is their last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468)
}

fn parse_clock(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').map_or((text, "0"), |(whole, fraction)| (whole, fraction));
    let [hour, minute, second] = numbers(whole, ':', [2, 2, 2])?;
    let good = hour < 24 && minute < 60 && second < 60 && !fraction.is_empty();
    (good && fraction.bytes().all(|b| b.is_ascii_digit())).then_some(hour * 3600 + minute * 60 + second)
}

/// Seconds east of UTC.
fn parse_zone(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first()? {
        b'Z' => return (text.len() == 1).then_some(0),
        b'-' => -1,
        _ => 1,
    };
    let digits = text[1..].replace(':', "");
    let number: i64 = Some(&digits).filter(|d| d.len() == 4 && d.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let (hours, minutes) = (number / 100, number % 100);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Three numbers of so many digits with a separator between them.
fn numbers(text: &str, separator: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let parts: Vec<&str> = text.split(separator).collect();
    let mut numbers = [0; 3];
    if parts.len() != 3 {
        return None;
    }
    for ((part, length), number) in parts.iter().zip(digits).zip(&mut numbers) {
        *number = Some(part).filter(|p| p.len() == length && p.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    }
    Some(numbers)
}
