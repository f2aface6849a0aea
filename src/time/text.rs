//! Reads and writes times in the formats of AWS and people, in the proleptic Gregorian calendar and UTC.

use super::{DAY, Time};

/// The last second of the year 9999. A larger number is probably in milliseconds.
const LAST: i64 = 253_402_300_799;

/// Reads `2026-11-21`, `2026-11-21T10:30:00Z`, `…+07:00`, or seconds since 1970. A fraction is allowed and dropped.
///
/// # Errors
/// What is wrong, as the end of a sentence that starts with the text.
pub fn parse_time(text: &str) -> Result<Time, &'static str> {
    if let Ok(seconds) = text.parse::<f64>() {
        return from_epoch(seconds);
    }
    let (day, clock) = text.split_once(['T', ' ']).map_or((text, None), |(day, clock)| (day, Some(clock)));
    let days = parse_day(day).ok_or("is not a date such as 2026-11-21 or a time such as 2026-11-21T10:30:00Z")?;
    let Some(clock) = clock else { return Ok(Time(days * DAY)) };
    let zone_at = clock.find(['Z', '+', '-']).ok_or("has no time zone: append Z or an offset such as +07:00")?;
    let (clock, zone) = clock.split_at(zone_at);
    let seconds = parse_clock(clock).ok_or("has an invalid time of day")?;
    let offset = parse_zone(zone).ok_or("has an invalid time zone")?;
    Ok(Time(days * DAY + seconds - offset))
}

/// Converts seconds since 1970. A fraction is dropped.
///
/// # Errors
/// As for [`parse_time`].
pub fn from_epoch(seconds: f64) -> Result<Time, &'static str> {
    match seconds.floor() {
        whole if (0.0..=LAST as f64).contains(&whole) => Ok(Time(whole as i64)),
        whole if whole > LAST as f64 => Err("is after the year 9999: is it in milliseconds?"),
        _ => Err("is before 1970"),
    }
}

/// Formats the date, such as `2026-11-21`.
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

/// Formats the time, such as `2026-11-21T10:30:00Z`.
pub fn second(time: Time) -> String {
    let of_day = time.0.rem_euclid(DAY);
    format!("{}T{:02}:{:02}:{:02}Z", date(time), of_day / 3600, of_day / 60 % 60, of_day % 60)
}

/// Reads a date as the number of days since 1970.
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
    // Count years from the first of March, so that the leap day is the last day of a year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468)
}

/// Reads a time of day in seconds.
fn parse_clock(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').map_or((text, "0"), |(whole, fraction)| (whole, fraction));
    let [hour, minute, second] = numbers(whole, ':', [2, 2, 2])?;
    let good = hour < 24 && minute < 60 && second < 60 && !fraction.is_empty();
    (good && fraction.bytes().all(|b| b.is_ascii_digit())).then_some(hour * 3600 + minute * 60 + second)
}

/// Reads a time zone as seconds east of UTC.
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

/// Reads three numbers with these numbers of digits, separated by `separator`.
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
