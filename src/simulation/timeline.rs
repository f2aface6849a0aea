//! When images are expired or archived, if nothing more is pushed or pulled.

use std::collections::BTreeMap;

use super::run::Simulation;
use super::totals::Sum;
use crate::lifecycle::{Image, Outcome, StorageClass};
use crate::time::{DAY, Time};

/// What happens to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It is deleted.
    Expire,
    /// It moves to the archive.
    Archive,
    /// It is deleted from the archive.
    ExpireFromArchive,
}

/// What happens to images on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The first second of the day in UTC, or the time of the run on its day. AWS acts within 24 hours.
    pub day: Time,
    /// What happens to the images.
    pub step: Step,
    /// The number of images and their size.
    pub sum: Sum,
    /// How many of these images are in use now.
    pub in_use: usize,
    /// Whether it happens in this run.
    pub now: bool,
    /// Whether it is certain.
    pub certain: bool,
}

/// Which steps are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Steps {
    /// Those that are most likely, whether certain or not.
    All,
    /// Those that are certain, so that the most images remain.
    Certain,
    /// Those that are possible, as early as possible, so that the fewest images remain.
    Possible,
}

/// Returns what happens to the images, day by day, starting with this run.
pub fn timeline(simulation: &Simulation<'_>) -> Vec<Event> {
    events(simulation, Steps::All)
}

/// Returns what happens to the images, day by day, with only some steps.
pub(super) fn events(simulation: &Simulation<'_>, which: Steps) -> Vec<Event> {
    let mut events: BTreeMap<(bool, Time, Step, bool), (Sum, usize)> = BTreeMap::new();
    for (image, outcome) in simulation.images.iter().zip(&simulation.outcomes) {
        let certain = outcome.is_certain();
        if which == Steps::Certain && !certain {
            continue;
        }
        let now = simulation.at;
        let (acted_on, gone) = match (which, outcome.goes(), outcome.possible) {
            (Steps::Possible, false, Some(Outcome::Expired)) => (Some(now), Some(now)),
            (Steps::Possible, false, Some(Outcome::Archived)) => (Some(now), None),
            _ => (outcome.when, outcome.gone),
        };
        for (time, step) in steps(image, acted_on, gone) {
            let in_this_run = outcome.goes() && Some(time) == outcome.when;
            let day = Time(time.0.div_euclid(DAY) * DAY).max(now);
            let (sum, in_use) = events.entry((!in_this_run, day, step, !certain)).or_default();
            sum.take(image);
            *in_use += usize::from(!outcome.used_by.is_empty());
        }
    }
    let events = events.into_iter().map(|((later, day, step, uncertain), (sum, in_use))| {
        let (now, certain) = (!later, !uncertain);
        Event { day, step, sum, in_use, now, certain }
    });
    events.collect()
}

/// Returns the steps of an image: one, or two if it passes through the archive.
fn steps(image: &Image, acted_on: Option<Time>, deleted: Option<Time>) -> impl Iterator<Item = (Time, Step)> {
    let archived = image.storage_class() == StorageClass::Archive;
    let expire = if archived || acted_on != deleted { Step::ExpireFromArchive } else { Step::Expire };
    let archive = acted_on.filter(|_| acted_on != deleted).map(|time| (time, Step::Archive));
    archive.into_iter().chain(deleted.map(|time| (time, expire)))
}
