//! Comparison of two policies over the same images.

use super::outcome::ImageOutcome;
use super::run::Simulation;
use crate::lifecycle::{Image, Outcome};
use crate::time::Time;

/// The differences between two runs over the same images.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Images that are expired or archived in this run only.
    pub more: Vec<Change>,
    /// Images that are expired or archived in the other run only.
    pub fewer: Vec<Change>,
    /// Images that one run archives and the other expires.
    pub otherwise: Vec<Change>,
    /// Images that both runs keep, and that later runs expire or archive at different times.
    pub later: Vec<Change>,
}

/// An image for which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its digest.
    pub digest: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was pushed.
    pub pushed: Time,
    /// What happens to it in this run.
    pub here: Fate,
    /// What happens to it in the other run.
    pub there: Fate,
    /// Whether it is in use.
    pub in_use: bool,
    /// Whether both outcomes are certain.
    pub certain: bool,
}

/// What a run does to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// What the run does.
    pub outcome: Outcome,
    /// When a rule acts on the image if nothing more is pushed or pulled, if ever.
    pub when: Option<Time>,
}

impl Comparison {
    /// Compares two runs, which must be over the same images.
    pub fn of(this: &Simulation<'_>, other: &Simulation<'_>) -> Comparison {
        let mut comparison = Comparison::default();
        for ((image, here), there) in this.images.iter().zip(&this.outcomes).zip(&other.outcomes) {
            let changes = match (here.goes(), there.goes()) {
                (true, false) => &mut comparison.more,
                (false, true) => &mut comparison.fewer,
                (true, true) if here.kind != there.kind => &mut comparison.otherwise,
                (false, false) if here.when != there.when => &mut comparison.later,
                _ => continue,
            };
            changes.push(change(image, here, there));
        }
        comparison
    }

    /// All differences.
    pub fn all(&self) -> impl Iterator<Item = &Change> {
        [&self.more, &self.fewer, &self.otherwise, &self.later].into_iter().flatten()
    }
}

fn change(image: &Image, here: &ImageOutcome, there: &ImageOutcome) -> Change {
    let fate = |outcome: &ImageOutcome| Fate { outcome: outcome.kind, when: outcome.when };
    Change {
        digest: image.digest.clone(),
        tags: image.tags.clone(),
        pushed: image.pushed,
        here: fate(here),
        there: fate(there),
        in_use: !here.used_by.is_empty(),
        certain: here.doubt.is_none() && there.doubt.is_none(),
    }
}
