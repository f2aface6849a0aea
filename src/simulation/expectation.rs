//! What is expected of a policy and what happens instead.

use std::fmt;

use super::history::{Day, History};
use super::schedule::{Activity, ChangeKind, ImageChange, LONGEST, Schedule, image};
use crate::lifecycle::{Image, Outcome, Policy, StorageClass};
use crate::prose::count;
use crate::time::{DAY, Time};

/// Images and how long a policy runs on them. The result tells whether an expectation holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The images that are pushed.
    pub images: ScenarioImages,
    /// For how many days the policy runs.
    pub days: u32,
}

/// The images of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioImages {
    /// A single image, pushed at the start.
    One(OneImage),
    /// The images of a schedule.
    Schedule(Activity),
}

/// A single image, and how many days before the end something happened to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneImage {
    /// Its tags; none for an untagged image.
    pub tags: Vec<String>,
    /// When it was last pulled.
    pub pulled: Option<u32>,
    /// When it was archived, apart from the policy.
    pub archived: Option<u32>,
    /// When it was restored from the archive.
    pub restored: Option<u32>,
}

impl OneImage {
    /// The image, pushed at the start, and what happens to it within these days.
    fn schedule(&self, start: Time, days: u32) -> Result<Schedule, String> {
        let events = [
            (self.archived, ChangeKind::Archive, "archived"),
            // An image that the policy has not archived is archived just before.
            (self.restored.filter(|_| self.archived.is_none()), ChangeKind::Archive, "restored"),
            (self.restored, ChangeKind::Restore, "restored"),
            (self.pulled, ChangeKind::Pull, "pulled"),
        ];
        let mut changes = Vec::new();
        for (ago, kind, what) in events {
            let Some(ago) = ago else { continue };
            let day = days
                .checked_sub(ago)
                .ok_or_else(|| format!("the image was {what} {ago} days ago, before it was pushed {days} days ago"))?;
            changes.push(ImageChange { time: Time(start.0 + i64::from(day) * DAY), image: 0, kind });
        }
        if self.archived.zip(self.restored).is_some_and(|(archived, restored)| archived <= restored) {
            return Err("the image was restored before it was archived".into());
        }
        changes.sort_by_key(|change| change.time);
        Ok(Schedule { images: vec![image(1, self.tags.clone(), start, 0)], changes })
    }
}

/// What must be true at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The single image is kept, expired or archived.
    Is(Outcome),
    /// This many images remain.
    Kept(usize),
    /// This share of the images is deleted. The text is a percentage, compared to as many digits as it has.
    Saved(String),
}

/// What is true at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// What happened to the single image.
    One {
        /// Its tags; none for an untagged image.
        tags: &'a [String],
        /// Whether it is kept, expired or archived.
        outcome: Outcome,
        /// After how many days.
        days: u32,
    },
    /// What remains of a schedule.
    Schedule(Day),
}

/// What is true instead of what was expected. It is displayed as the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// Something else happened to the single image.
    Is {
        /// What happened to it.
        found: Outcome,
        /// What was expected.
        expected: Outcome,
    },
    /// A different number of images remains.
    Kept {
        /// What exists at the end.
        found: Day,
        /// How many images were expected.
        expected: usize,
    },
    /// A different share of the images is deleted.
    Saved {
        /// The share, to as many digits as the expectation has.
        found: String,
        /// The share that was expected.
        expected: String,
    },
}

impl Scenario {
    /// Runs a policy on the images. In a schedule, the `services` take turns.
    ///
    /// # Errors
    /// The schedule pushes too many images or takes too long.
    pub fn run(&self, policy: &Policy, services: &[String], environment: &str) -> Result<History, String> {
        let start = Time(0);
        if self.days > LONGEST {
            return Err(format!("the expectation is about {} days, but a simulation has at most {LONGEST}", self.days));
        }
        let schedule = match &self.images {
            ScenarioImages::Schedule(activity) => Schedule::of(activity, services, environment, start)?,
            ScenarioImages::One(one) => one.schedule(start, self.days)?,
        };
        Ok(History::run(policy, schedule, start, self.days))
    }

    /// How much there is to simulate: the images that are pushed, the pulls, and the days. Nothing, if it is refused anyway.
    pub fn size(&self) -> u64 {
        let images = match &self.images {
            ScenarioImages::Schedule(activity) => activity.size(self.days),
            ScenarioImages::One(_) => Some(1),
        };
        let images = images.filter(|_| self.days <= LONGEST);
        images.map_or(0, |images| images.saturating_add(u64::from(self.days)))
    }

    /// Returns the result of a history of this scenario.
    pub fn found(&self, history: &History) -> Found<'_> {
        match &self.images {
            ScenarioImages::One(one) => {
                Found::One { tags: &one.tags, outcome: outcome_of_first(history), days: self.days }
            }
            ScenarioImages::Schedule(_) => Found::Schedule(*history.last()),
        }
    }
}

impl Expected {
    /// Returns what happens instead, if the expectation is not met.
    pub fn missed(&self, history: &History) -> Option<Miss> {
        let last = history.last();
        match self {
            Expected::Is(expected) => {
                let (found, expected) = (outcome_of_first(history), *expected);
                (found != expected).then_some(Miss::Is { found, expected })
            }
            Expected::Kept(expected) => {
                (last.left() != *expected).then_some(Miss::Kept { found: *last, expected: *expected })
            }
            Expected::Saved(expected) => {
                let digits = expected.split_once('.').map_or(0, |(_, digits)| digits.len());
                let found = format!("{:.digits$}", last.saved());
                (found != *expected).then(|| Miss::Saved { found, expected: expected.clone() })
            }
        }
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Miss::Is { found, expected } => write!(f, "the image is {found}, not {expected}"),
            Miss::Kept { found, expected } => {
                let are = if found.left() == 1 { "is" } else { "are" };
                write!(f, "{} of {} {are} left, not {expected}", found.left(), count(found.pushed.images, "image"))
            }
            Miss::Saved { found, expected } => write!(f, "{found}% of the images are deleted, not {expected}%"),
        }
    }
}

fn outcome_of_first(history: &History) -> Outcome {
    match (history.expired.first(), history.images.first().map(Image::storage_class)) {
        (Some(Some(_)), _) => Outcome::Expired,
        (_, Some(StorageClass::Archive)) => Outcome::Archived,
        _ => Outcome::Kept,
    }
}
