//! Pushes by a schedule: images that nobody has to own an account for.

use crate::lifecycle::{Image, Storage};
use crate::time::{Time, date, second};

/// Images pushed at a steady rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushes {
    /// Templates of the tags that each image gets; none for untagged images.
    pub tags: Vec<String>,
    /// How often.
    pub rate: Rate,
    /// For how many days, from the beginning of the history.
    pub days: u32,
    /// Bytes of each image.
    pub size: u64,
}

/// So many in so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub count: u32,
    /// In how many seconds.
    pub seconds: i64,
}

/// A line of a schedule as it is written: `build+commit: 5/day for 7d of 400MB`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Before the colon: what the images are tagged with, joined by `+`.
    pub names: Vec<String>,
    /// The rate.
    pub rate: Rate,
    /// After `for`, in days.
    pub days: u32,
    /// After `of`, in bytes.
    pub size: Option<u64>,
}

/// The most images a schedule may make: AWS's quota of images a repository.
const MOST: u64 = 100_000;

/// The longest history, in days.
const LONGEST: u32 = 3650;

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// A sentence on what is wrong.
    pub fn parse(text: &str) -> Result<Line, String> {
        const FORM: &str = "a schedule is written `NAMES: 5/day for 7d`, and `of 400MB` may follow";
        let (names, rest) = text.rsplit_once(':').ok_or(FORM)?;
        let names: Vec<String> = names.split('+').map(|name| name.trim().to_owned()).collect();
        let words: Vec<&str> = rest.split_whitespace().collect();
        let (rate, days, size) = match words.as_slice() {
            [rate, "for", days] => (rate, days, None),
            [rate, "for", days, "of", size] => (rate, days, Some(size)),
            _ => return Err(FORM.into()),
        };
        if names.iter().any(String::is_empty) {
            return Err(FORM.into());
        }
        Ok(Line {
            names,
            rate: Rate::parse(rate)?,
            days: parse_days(days)?,
            size: size.map(|s| parse_size(s)).transpose()?,
        })
    }
}

impl Rate {
    /// Reads `5/day`; also of an `hour`, a `week` or a `month` of 30 days.
    ///
    /// # Errors
    /// A sentence on what is wrong.
    pub fn parse(text: &str) -> Result<Rate, String> {
        let units = [("hour", 3_600), ("day", 86_400), ("week", 604_800), ("month", 2_592_000)];
        let rate = text.split_once('/').and_then(|(count, unit)| {
            let (_, seconds) = units.into_iter().find(|(name, _)| *name == unit)?;
            Some(Rate { count: whole(count)?, seconds })
        });
        rate.ok_or_else(|| format!("`{text}` is no rate such as 5/day: per hour, day, week or month"))
    }
}

/// Reads `7d`, `8w` or `1y` (365 days), as days.
///
/// # Errors
/// A sentence on what is wrong.
pub fn parse_days(text: &str) -> Result<u32, String> {
    let units = [('d', 1), ('w', 7), ('y', 365)];
    let unit = units.into_iter().find(|(letter, _)| text.ends_with(*letter));
    let days = unit.and_then(|(letter, days)| whole(text.trim_end_matches(letter))?.checked_mul(days));
    match days {
        Some(days) if days <= LONGEST => Ok(days),
        Some(_) => Err(format!("`{text}` is longer than {LONGEST} days")),
        None => Err(format!("`{text}` is no duration such as 7d, 8w or 1y")),
    }
}

/// Reads `400MB`, as bytes: MB of 2²⁰, GB of 2³⁰.
///
/// # Errors
/// A sentence on what is wrong.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let units = [("kB", 10), ("MB", 20), ("GB", 30)];
    let size = units.into_iter().find_map(|(unit, shift)| Some(u64::from(whole(text.strip_suffix(unit)?)?) << shift));
    size.ok_or_else(|| format!("`{text}` is no size such as 400MB: in kB, MB or GB"))
}

fn whole(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

/// The images of a schedule in the order in which they are pushed, and each one's tags; `services` take turns.
///
/// Pushes of one line are evenly spaced, and lines of one rate never fall on the same second.
///
/// # Errors
/// Too many images.
pub fn images(schedule: &[Pushes], services: &[String], environment: &str, start: Time) -> Result<Vec<Image>, String> {
    let lines = schedule.len() as i64 + 1;
    let mut times = Vec::new();
    for (line, pushes) in schedule.iter().enumerate() {
        let count = i64::from(pushes.rate.count) * i64::from(pushes.days) * 86_400 / pushes.rate.seconds;
        if times.len() as u64 + count as u64 > MOST {
            return Err(format!("the schedule makes more than {MOST} images, AWS's quota of images a repository"));
        }
        let step =
            |k: i64| (k * lines + line as i64 + 1) * pushes.rate.seconds / (i64::from(pushes.rate.count) * lines);
        times.extend((0..count).map(|k| (start.0 + step(k), pushes)));
    }
    times.sort_by_key(|(time, _)| *time);
    let made = (1..).zip(times).map(|(number, (time, pushes))| {
        let service = services.get(number as usize % services.len().max(1)).map_or("service", String::as_str);
        let filler = Filler { service, environment, number, time: Time(time) };
        Image {
            digest: format!("sha256:{number:064x}"),
            tags: pushes.tags.iter().map(|template| filler.fill(template)).collect(),
            pushed: Time(time),
            pulled: None,
            storage: Storage::Standard { activated_at: None },
            size: pushes.size,
            media_type: Some("application/vnd.oci.image.manifest.v1+json".into()),
            subject: None,
            children: Vec::new(),
        }
    });
    Ok(made.collect())
}

/// What stands for the placeholders in the tags of one image.
struct Filler<'a> {
    service: &'a str,
    environment: &'a str,
    number: u64,
    time: Time,
}

impl Filler<'_> {
    fn fill(&self, template: &str) -> String {
        let mut tag = String::new();
        let mut rest = template;
        while let Some((literal, after)) = rest.split_once('{') {
            let (placeholder, after) = after.split_once('}').unwrap_or((after, ""));
            tag.push_str(literal);
            tag.push_str(&self.value(placeholder));
            rest = after;
        }
        tag + rest
    }

    fn value(&self, placeholder: &str) -> String {
        match placeholder {
            "service" => self.service.into(),
            "environment" => self.environment.into(),
            "version" => format!("1.0.{}", self.number),
            "git_tag" => format!("v1.0.{}", self.number),
            "branch" => "main".into(),
            "date" => date(self.time).replace('-', ""),
            "timestamp" => second(self.time).replace(['-', ':', 'T', 'Z'], ""),
            "sha" => self.commit(),
            _ => match placeholder.strip_prefix("sha:").and_then(|digits| digits.parse().ok()) {
                Some(digits) => self.commit().chars().take(digits).collect(),
                None => self.number.to_string(),
            },
        }
    }

    /// Forty digits as mixed as a hash. The first seven differ for all numbers below 2²⁸: multiplying by an odd number
    /// loses nothing, so short commits never collide.
    fn commit(&self) -> String {
        let first = self.number.wrapping_mul(0x9e37_79b1) & 0xfff_ffff;
        let rest = u128::from(self.number).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        format!("{first:07x}{rest:032x}0")
    }
}
