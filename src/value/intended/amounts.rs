//! Durations, dates, sizes and rates in the notation of other tools.

/// Writes a session duration in hours: `3600s` and `60m` are `1h`. A number without a unit is in seconds, as in Terraform's
/// `max_session_duration`.
pub(in crate::value) fn session(text: &str) -> Option<String> {
    let plain = text.to_lowercase().replace(['_', ','], "");
    let (number, unit) = amount(plain.strip_prefix("pt").unwrap_or(&plain))?;
    let seconds = match unit {
        "h" | "hr" | "hrs" | "hour" | "hours" => number.checked_mul(3_600)?,
        "m" | "min" | "mins" | "minute" | "minutes" => number.checked_mul(60)?,
        "" if number <= 12 => number * 3_600,
        "" | "s" | "sec" | "second" | "seconds" => number,
        _ => return None,
    };
    (seconds % 3_600 == 0).then(|| format!("{}h", seconds / 3_600))
}

/// Writes a date with hyphens, and two digits for month and day.
pub(in crate::value) fn date(text: &str) -> Option<String> {
    let mut parts = text.split(['-', '/', '.']);
    let mut date = parts.next()?.to_owned();
    parts.for_each(|part| date += &format!("-{part:0>2}"));
    Some(date)
}

/// Writes the month of a date.
pub(in crate::value) fn month(text: &str) -> Option<String> {
    date(text)?.get(..7).map(str::to_owned)
}

/// Writes a duration with the letter of its unit: `2 weeks` is `2w`. ecrgen has no hours and months; a month becomes 30 days.
pub(in crate::value) fn days(text: &str) -> Option<String> {
    // `P14D` is ISO 8601, `1_000` a number of other languages.
    let plain = text.to_lowercase().replace(['_', ','], "");
    let (number, unit) = amount(plain.strip_prefix('p').unwrap_or(&plain))?;
    Some(match unit {
        "" | "d" | "day" | "days" => format!("{number}d"),
        "w" | "wk" | "week" | "weeks" => format!("{number}w"),
        "y" | "yr" | "year" | "years" => format!("{number}y"),
        "month" | "months" | "mo" => format!("{}d", number.checked_mul(30)?),
        "h" | "hour" | "hours" if number % 24 == 0 => format!("{}d", number / 24),
        _ => return None,
    })
}

/// Writes a size with the unit right after the number: `400 mb` is `400MB`.
pub(in crate::value) fn size(text: &str) -> Option<String> {
    let (number, unit) = amount(text)?;
    let unit = match unit.to_lowercase().as_str() {
        "k" | "kb" | "kib" => "kB",
        "m" | "mb" | "mib" => "MB",
        "g" | "gb" | "gib" => "GB",
        _ => return None,
    };
    Some(format!("{number}{unit}"))
}

/// Writes a rate with a slash: `5 per day` is `5/day`.
pub(in crate::value) fn rate(text: &str) -> Option<String> {
    let (number, unit) = number_per(text)?;
    let unit = match unit {
        "h" | "hour" | "hourly" => "hour",
        "d" | "day" | "daily" => "day",
        "w" | "week" | "weekly" => "week",
        "month" | "monthly" => "month",
        _ => return None,
    };
    Some(format!("{number}/{unit}"))
}

/// Writes a rate of pulls with a slash: `1000 per hour` is `1000/hour`.
pub(in crate::value) fn pull_rate(text: &str) -> Option<String> {
    let plain = text.to_lowercase().replace(['_', ','], "");
    let (number, unit) = number_per(&plain)?;
    let unit = match unit {
        "m" | "min" | "minute" | "1m" | "60s" => "minute",
        "h" | "hour" | "hourly" | "1h" | "60m" => "hour",
        "d" | "day" | "daily" | "1d" | "24h" => "day",
        _ => return None,
    };
    Some(format!("{number}/{unit}"))
}

fn number_per(text: &str) -> Option<(u32, &str)> {
    let (number, unit) = amount(text)?;
    let unit = unit.trim_start_matches(['/', ' ']);
    Some((number, unit.strip_prefix("per ").or(unit.strip_prefix("a ")).unwrap_or(unit).trim()))
}

/// What a rate lacks.
pub(in crate::value) fn time_of_rate(text: &str) -> Option<&'static str> {
    amount(text).map(|_| "write how often, for example `5/day`")
}

/// What a rate of pulls lacks.
pub(in crate::value) fn time_of_pull_rate(text: &str) -> Option<&'static str> {
    amount(text).map(|_| "write the pulls per minute, hour or day, for example `1000/hour`")
}

/// What a size lacks.
pub(in crate::value) fn unit_of_size(text: &str) -> Option<&'static str> {
    amount(text).map(|_| "write the unit after the number, for example `400MB`")
}

/// Puts the percent sign right after the number.
pub(in crate::value) fn share(text: &str) -> Option<String> {
    let number = text.trim_end_matches("percent").trim_end_matches('%').trim_end();
    Some(format!("{number}%"))
}

/// A number and the text after it.
fn amount(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..digits].parse().ok()?, text[digits..].trim()))
}
