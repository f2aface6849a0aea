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

/// Images pulled at a steady rate. Each pull gets the newest image of these tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulls {
    /// Templates for the tags of the image; empty for untagged images.
    pub tags: Vec<String>,
    /// How often an image is pulled.
    pub rate: Rate,
}

/// What happens in a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// The images that are pushed.
    pub pushes: Vec<Pushes>,
    /// The images that are pulled.
    pub pulls: Vec<Pulls>,
    /// What cosign pushes with each image, as images with tags such as `sha256-….sig`: `sig`, `att`, `sbom`.
    pub signed: Vec<String>,
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

/// The most images that a schedule may push, and the most pulls: AWS's default quota for images per repository.
const MOST: u64 = 100_000;

/// Size of what cosign pushes, in bytes.
const SIGNATURE: u64 = 4_096;

/// The longest history, in days.
pub(super) const LONGEST: u32 = 3650;

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

/// A line of pulls, such as `release: 1/week`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullLine {
    /// The tags of the image, joined by `+` before the colon.
    pub names: Vec<String>,
    /// How often it is pulled.
    pub rate: Rate,
}

impl PullLine {
    /// Reads a line.
    ///
    /// # Errors
    /// A sentence that states what is wrong.
    pub fn parse(text: &str) -> Result<PullLine, String> {
        let (names, rate) = text.rsplit_once(':').ok_or("write pulls as `NAMES: 1/week`")?;
        let names: Vec<String> = names.split('+').map(|name| name.trim().to_owned()).collect();
        match names.iter().any(String::is_empty) {
            true => Err("write pulls as `NAMES: 1/week`".into()),
            false => Ok(PullLine { names, rate: Rate::parse(rate.trim())? }),
        }
    }
}

impl Activity {
    /// The number of images that are pushed, with their signatures.
    pub(super) fn images(&self) -> u64 {
        let counts = self.pushes.iter().map(|pushes| pushes.rate.times_in(pushes.days));
        counts.fold(0, u64::saturating_add).saturating_mul(1 + self.signed.len() as u64)
    }

    /// The number of images and pulls in a number of days; `None` if there are too many for a simulation.
    pub(super) fn size(&self, days: u32) -> Option<u64> {
        let pulls: Vec<u64> = self.pulls.iter().map(|pulls| pulls.rate.times_in(days)).collect();
        let images = self.images();
        let is_possible = images <= MOST && pulls.iter().all(|count| *count <= MOST);
        is_possible.then(|| pulls.into_iter().fold(images, u64::saturating_add))
    }
}

impl Rate {
    /// How often something with this rate happens in a number of days.
    fn times_in(self, days: u32) -> u64 {
        u64::from(self.count) * u64::from(days) * 86_400 / self.seconds.unsigned_abs()
    }

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

/// Images in the order in which they are pushed, and what happens to them apart from the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The images. Their digests are in the order of their pushes.
    pub images: Vec<Image>,
    /// What happens to them, in the order of time.
    pub changes: Vec<ImageChange>,
}

/// Something that happens to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageChange {
    /// When it happens.
    pub time: Time,
    /// The position of the image.
    pub image: usize,
    /// What happens.
    pub kind: ChangeKind,
}

/// What happens to an image apart from the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is pulled.
    Pull,
    /// A person or a program archives it.
    Archive,
    /// A person or a program restores it.
    Restore,
}

impl Schedule {
    /// Returns the images of a schedule with their tags, in the order in which they are pushed. The `services` take turns.
    ///
    /// The pushes of a line are evenly spaced. Lines with the same rate never push in the same second.
    ///
    /// # Errors
    /// The schedule pushes or pulls too many images, or pulls images that it does not push.
    pub fn of(activity: &Activity, services: &[String], environment: &str, start: Time) -> Result<Schedule, String> {
        let pushed = pushed(activity, start)?;
        // The numbers of images follow their times.
        let mut order: Vec<usize> = (0..pushed.len()).collect();
        order.sort_by_key(|&i| pushed[i].time);
        let mut numbers = vec![0; pushed.len()];
        for (number, &i) in (1..).zip(&order) {
            numbers[i] = number;
        }
        let images = order.iter().map(|&i| {
            let Pushed { time, line, signs } = pushed[i];
            let number = numbers[i];
            if let Some((subject, kind)) = signs {
                let tag = format!("sha256-{:064x}.{kind}", numbers[subject]);
                return image(number, vec![tag], time, SIGNATURE);
            }
            let service = services.get(number as usize % services.len().max(1)).map_or("service", String::as_str);
            let filler = Filler { service, environment, number, time };
            image(number, line.tags.iter().map(|template| filler.fill(template)).collect(), time, line.size)
        });
        let images: Vec<Image> = images.collect();
        let days = activity.pushes.iter().map(|pushes| pushes.days).max().unwrap_or(0);
        let mut changes = Vec::new();
        for pulls in &activity.pulls {
            let is_meant = |line: &Pushes| match pulls.tags.is_empty() {
                true => line.tags.is_empty(),
                false => pulls.tags.iter().all(|tag| line.tags.contains(tag)),
            };
            let meant: Vec<usize> = order
                .iter()
                .enumerate()
                .filter(|(_, i)| pushed[**i].signs.is_none() && is_meant(pushed[**i].line))
                .map(|(place, _)| place)
                .collect();
            pull(pulls, days, start, &images, &meant, &mut changes)?;
        }
        changes.sort_by_key(|change| change.time);
        Ok(Schedule { images, changes })
    }
}

/// An image that is pushed.
#[derive(Clone, Copy)]
struct Pushed<'a> {
    time: Time,
    line: &'a Pushes,
    /// The position of the image that it signs, and the suffix of its tag.
    signs: Option<(usize, &'a str)>,
}

/// The images that are pushed, each followed by what cosign pushes.
fn pushed(activity: &Activity, start: Time) -> Result<Vec<Pushed<'_>>, String> {
    let Activity { pushes: lines, signed, .. } = activity;
    let counts = lines.iter().map(|pushes| pushes.rate.times_in(pushes.days));
    let total = activity.images();
    if total > MOST {
        return Err(format!(
            "the schedule pushes {total} images, but a simulation has at most {MOST}, AWS's default quota for images in a \
             repository"
        ));
    }
    let mut pushed: Vec<Pushed<'_>> = Vec::new();
    let slots = lines.len() as i64 + 1;
    for ((slot, line), count) in (1..).zip(lines).zip(counts) {
        let Rate { count: rate, seconds } = line.rate;
        for k in 0..count as i64 {
            let time = start.0 + (k * slots + slot) * seconds / (i64::from(rate) * slots);
            let subject = pushed.len();
            pushed.push(Pushed { time: Time(time), line, signs: None });
            let kinds = (1..).zip(signed);
            pushed.extend(kinds.map(|(after, kind)| {
                let signs = Some((subject, kind.as_str()));
                Pushed { time: Time(time + after), line, signs }
            }));
        }
    }
    Ok(pushed)
}

/// Adds the pulls of a line. `meant` are the images that it can pull.
fn pull(
    Pulls { tags, rate }: &Pulls,
    days: u32,
    start: Time,
    images: &[Image],
    meant: &[usize],
    changes: &mut Vec<ImageChange>,
) -> Result<(), String> {
    if meant.is_empty() {
        let what = if tags.is_empty() { "untagged".to_owned() } else { tags.join(" and ") };
        return Err(format!("the schedule pulls images that it does not push: {what}"));
    }
    let count = rate.times_in(days);
    if count > MOST {
        return Err(format!("the schedule pulls {count} times, but a simulation has at most {MOST} pulls per class"));
    }
    for k in 1..=count as i64 {
        let time = Time(start.0 + k * rate.seconds / i64::from(rate.count));
        let newer = meant.partition_point(|&image| images[image].pushed <= time);
        if let Some(&image) = newer.checked_sub(1).and_then(|newest| meant.get(newest)) {
            changes.push(ImageChange { time, image, kind: ChangeKind::Pull });
        }
    }
    Ok(())
}

/// An image of a schedule. The digests of images are in the order of their numbers.
pub(super) fn image(number: u64, tags: Vec<String>, pushed: Time, size: u64) -> Image {
    Image {
        digest: format!("sha256:{number:064x}"),
        tags,
        pushed,
        pulled: None,
        storage: Storage::Standard { activated_at: None },
        size,
        media_type: Some("application/vnd.oci.image.manifest.v1+json".into()),
        subject: None,
        children: Vec::new(),
    }
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
