//! Comparison of two policies over the same images.

use super::run::Simulation;
use crate::lifecycle::{Image, Outcome};

/// The differences between two runs over the same images.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Images that are expired or archived in this run only.
    pub more: Vec<Change>,
    /// Images that are expired or archived in the other run only.
    pub fewer: Vec<Change>,
    /// Images that one run archives and the other expires.
    pub otherwise: Vec<Change>,
}

/// An image for which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its digest.
    pub digest: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// What happens to it in the run that expires or archives it; if both do, in this run.
    pub outcome: Outcome,
    /// Whether it is in use.
    pub in_use: bool,
    /// Whether both outcomes are certain.
    pub certain: bool,
}

impl Comparison {
    /// Compares two runs, which must be over the same images.
    pub fn of(this: &Simulation<'_>, other: &Simulation<'_>) -> Comparison {
        let mut comparison = Comparison::default();
        for ((image, here), there) in this.images.iter().zip(&this.outcomes).zip(&other.outcomes) {
            let certain = here.doubt.is_none() && there.doubt.is_none();
            let change = |outcome| change(image, outcome, !here.used_by.is_empty(), certain);
            match (here.goes(), there.goes()) {
                (true, false) => comparison.more.push(change(here.kind)),
                (false, true) => comparison.fewer.push(change(there.kind)),
                (true, true) if here.kind != there.kind => comparison.otherwise.push(change(here.kind)),
                _ => {}
            }
        }
        comparison
    }
}

fn change(image: &Image, outcome: Outcome, in_use: bool, certain: bool) -> Change {
    Change { digest: image.digest.clone(), tags: image.tags.clone(), outcome, in_use, certain }
}
