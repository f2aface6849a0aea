//! Images that a schedule pushes, to simulate a policy without an AWS account.

use crate::lifecycle::{Image, Storage};
use crate::time::{Time, date, second};

/// Images pushed at a steady rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushes {
    /// Templates for the tags of each image; empty for untagged images.
    pub tags: Vec<String>,
    /// How often images are pushed.
    pub rate: Rate,
    /// For how many days, from the start of the history.
    pub days: u32,
    /// The size of each image in bytes.
    pub size: u64,
}

/// A number of images per period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The number of images.
    pub count: u32,
    /// The period in seconds.
    pub seconds: i64,
}

/// A line of a schedule, such as `build+commit: 5/day for 7d of 400MB`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The tags of each image, joined by `+` before the colon.
    pub names: Vec<String>,
    /// How often images are pushed.
    pub rate: Rate,
    /// The duration after `for`, in days.
    pub days: u32,
    /// The image size after `of`, in bytes.
    pub size: Option<u64>,
}

/// The most images that a schedule may push: AWS's quota for images per repository.
const MOST: u64 = 100_000;

/// The longest history, in days.
const LONGEST: u32 = 3650;

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// A sentence that states what is wrong.
    pub fn parse(text: &str) -> Result<Line, String> {
        const FORM: &str = "write a schedule as `NAMES: 5/day for 7d`, optionally followed by `of 400MB`";
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
    /// Reads a rate such as `5/day`. The period is `hour`, `day`, `week` or `month` (30 days).
    ///
    /// # Errors
    /// A sentence that states what is wrong.
    pub fn parse(text: &str) -> Result<Rate, String> {
        let units = [("hour", 3_600), ("day", 86_400), ("week", 604_800), ("month", 2_592_000)];
        let rate = text.split_once('/').and_then(|(count, unit)| {
            let (_, seconds) = units.into_iter().find(|(name, _)| *name == unit)?;
            Some(Rate { count: whole(count)?, seconds })
        });
        rate.ok_or_else(|| {
            format!("`{text}` is not a valid rate; write for example 5/day (per hour, day, week or month)")
        })
    }
}

/// Reads a duration such as `7d`, `8w` or `1y` (365 days) and returns it in days.
///
/// # Errors
/// A sentence that states what is wrong.
pub fn parse_days(text: &str) -> Result<u32, String> {
    let units = [('d', 1), ('w', 7), ('y', 365)];
    let unit = units.into_iter().find(|(letter, _)| text.ends_with(*letter));
    let days = unit.and_then(|(letter, days)| whole(text.trim_end_matches(letter))?.checked_mul(days));
    match days {
        Some(days) if days <= LONGEST => Ok(days),
        Some(_) => Err(format!("`{text}` is longer than {LONGEST} days")),
        None => Err(format!("`{text}` is not a valid duration; write for example 7d, 8w or 1y")),
    }
}

/// Reads a size such as `400MB` and returns it in bytes. A kB is 2¹⁰ bytes, a MB 2²⁰ and a GB 2³⁰.
///
/// # Errors
/// A sentence that states what is wrong.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let units = [("kB", 10), ("MB", 20), ("GB", 30)];
    let size = units.into_iter().find_map(|(unit, shift)| Some(u64::from(whole(text.strip_suffix(unit)?)?) << shift));
    size.ok_or_else(|| format!("`{text}` is not a valid size; write for example 400MB (in kB, MB or GB)"))
}

fn whole(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

/// Returns the images of a schedule with their tags, in the order in which they are pushed. The `services` take turns.
///
/// The pushes of a line are evenly spaced. Lines with the same rate never push in the same second.
///
/// # Errors
/// The schedule pushes too many images.
pub fn images(schedule: &[Pushes], services: &[String], environment: &str, start: Time) -> Result<Vec<Image>, String> {
    let lines = schedule.len() as i64 + 1;
    let mut times = Vec::new();
    for (line, pushes) in schedule.iter().enumerate() {
        let count = i64::from(pushes.rate.count) * i64::from(pushes.days) * 86_400 / pushes.rate.seconds;
        if times.len() as u64 + count as u64 > MOST {
            return Err(format!("the schedule pushes more than {MOST} images, AWS's quota for a repository"));
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

/// The values of the placeholders in the tags of one image.
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

    /// Returns forty digits that look like a hash. The first seven are different for all numbers below 2²⁸, because
    /// multiplication by an odd number is invertible. Short commits therefore never collide.
    fn commit(&self) -> String {
        let first = self.number.wrapping_mul(0x9e37_79b1) & 0xfff_ffff;
        let rest = u128::from(self.number).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        format!("{first:07x}{rest:032x}0")
    }
}
