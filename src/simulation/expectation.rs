//! What is expected of a policy, and what happens instead.

use std::fmt;

use super::history::{Day, History};
use super::schedule::{Pushes, Rate, images};
use crate::lifecycle::{Image, Outcome, Policy, StorageClass};
use crate::time::Time;

/// Images, and how long a policy runs on them: what happens then tells whether an expectation holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// What is pushed.
    pub images: ScenarioImages,
    /// For how many days the policy runs.
    pub days: u32,
}

/// The images of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioImages {
    /// One with this tag, pushed in the beginning, and no other.
    One(String),
    /// Those of a schedule.
    Schedule(Vec<Pushes>),
}

/// What has to be true in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The one image is kept, expired or archived.
    Is(Outcome),
    /// So many images are left.
    Kept(usize),
    /// This share of the images is gone: a number of percent, compared to the digits that are written.
    Saved(String),
}

/// What is true in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// What became of the one image.
    One {
        /// Its tag.
        tag: &'a str,
        /// Whether it is kept, expired or archived.
        outcome: Outcome,
        /// After how many days.
        days: u32,
    },
    /// What is left of a schedule.
    Schedule(Day),
}

/// What is true instead of what was expected. Shown as the rest of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// Something else became of the one image.
    Is {
        /// What became of it.
        found: Outcome,
        /// What was expected.
        expected: Outcome,
    },
    /// Another number of images is left.
    Kept {
        /// What is there in the end.
        found: Day,
        /// How many were expected.
        expected: usize,
    },
    /// Another share of the images is gone.
    Saved {
        /// The share, to as many digits as the expectation has.
        found: String,
        /// The share that was expected.
        expected: String,
    },
}

impl Scenario {
    /// What happens under a policy. `services` take turns in a schedule.
    ///
    /// # Errors
    /// The schedule makes too many images.
    pub fn run(&self, policy: &Policy, services: &[String], environment: &str) -> Result<History, String> {
        let start = Time(0);
        let images = match &self.images {
            ScenarioImages::Schedule(pushes) => images(pushes, services, environment, start)?,
            ScenarioImages::One(tag) => {
                let once = Rate { count: 1, seconds: 86_400 };
                let pushes = Pushes { tags: vec![tag.clone()], rate: once, days: 1, size: 0 };
                let one = images(&[pushes], services, environment, start)?;
                one.into_iter().map(|image| Image { pushed: start, ..image }).collect()
            }
        };
        Ok(History::run(policy, images, start, self.days))
    }

    /// What a history of this scenario came to.
    pub fn found(&self, history: &History) -> Found<'_> {
        match &self.images {
            ScenarioImages::One(tag) => Found::One { tag, outcome: outcome_of_first(history), days: self.days },
            ScenarioImages::Schedule(_) => Found::Schedule(*history.last()),
        }
    }
}

impl Expected {
    /// What happens instead, if the expectation is missed.
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
                write!(f, "{} of {} images are left, not {expected}", found.left(), found.pushed.images)
            }
            Miss::Saved { found, expected } => write!(f, "{found} % of the images are saved, not {expected} %"),
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
