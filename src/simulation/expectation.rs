//! What is expected of a policy, and what happens instead.

use super::history::History;
use super::money::{Prices, dollars, images as count};
use super::schedule::{Pushes, Rate, images};
use crate::lifecycle::{Image, Outcome, Policy, StorageClass};
use crate::time::Time;

/// Images whose history tells whether an expectation holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// What is pushed.
    pub cast: Cast,
    /// For how many days the policy runs.
    pub days: u32,
}

/// The images of a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cast {
    /// One with this tag, pushed in the beginning, and no other.
    One(String),
    /// Those of a schedule.
    Schedule(Vec<Pushes>),
}

/// What has to be true in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The one image is kept, expired or archived.
    Is(Outcome),
    /// So many images are left.
    Kept(usize),
    /// This share of the images is gone: a number of percent, compared to the digits that are written.
    Saved(String),
}

impl Scene {
    /// What happens under a policy. `services` take turns in a schedule.
    ///
    /// # Errors
    /// The schedule makes too many images.
    pub fn play(&self, policy: &Policy, services: &[String], environment: &str) -> Result<History, String> {
        let start = Time(0);
        let images = match &self.cast {
            Cast::Schedule(pushes) => images(pushes, services, environment, start)?,
            Cast::One(tag) => {
                let once = Rate { count: 1, seconds: 86_400 };
                let pushes = Pushes { tags: vec![tag.clone()], rate: once, days: 1, size: 0 };
                let one = images(&[pushes], services, environment, start)?;
                one.into_iter().map(|image| Image { pushed: start, ..image }).collect()
            }
        };
        Ok(History::run(policy, images, start, self.days))
    }

    /// What a history of this scene came to, in words.
    pub fn found(&self, history: &History, prices: &Prices) -> String {
        if let Cast::One(tag) = &self.cast {
            return format!("{tag} is {} after {} days", word(outcome_of_first(history)), self.days);
        }
        let last = history.last();
        let there = dollars(prices.of_both(last.standard, last.archive)) + prices.reserve(last.archive);
        let all = dollars(prices.of_storage(last.pushed.bytes));
        let saved = history.saved();
        format!(
            "{} of {} left, {saved:.0} % saved, {there} instead of {all} a month (prices of {})",
            last.left(),
            self::count(last.pushed.images),
            prices.as_of
        )
    }
}

impl Goal {
    /// What happens instead, if the goal is missed.
    pub fn missed(&self, history: &History) -> Option<String> {
        let last = history.last();
        match self {
            Goal::Is(wanted) => {
                let found = outcome_of_first(history);
                (found != *wanted).then(|| format!("the image is {}, not {}", word(found), word(*wanted)))
            }
            Goal::Kept(wanted) => (last.left() != *wanted)
                .then(|| format!("{} of {} images are left, not {wanted}", last.left(), last.pushed.images)),
            Goal::Saved(wanted) => {
                let digits = wanted.split_once('.').map_or(0, |(_, digits)| digits.len());
                let found = format!("{:.digits$}", history.saved());
                (found != *wanted).then(|| format!("{found} % of the images are saved, not {wanted} %"))
            }
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

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Kept => "kept",
        Outcome::Expired => "expired",
        Outcome::Archived => "archived",
    }
}
