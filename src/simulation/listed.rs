//! Which images a report lists, and in which order.

use super::outcome::ImageOutcome;
use super::run::Simulation;
use crate::lifecycle::Outcome;
use crate::time::Time;

/// A group of images that a report can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The run keeps them, or archives or expires them.
    By(Outcome),
    /// Their outcome or its times are uncertain.
    Uncertain,
}

impl Listed {
    /// Whether the group has an image with this outcome.
    pub fn includes(self, outcome: &ImageOutcome) -> bool {
        match self {
            Listed::By(kind) => outcome.kind == kind,
            Listed::Uncertain => !outcome.is_certain(),
        }
    }
}

impl Simulation<'_> {
    /// The images of any of these groups, or all images if there are no groups, as indexes in the order of `images`.
    pub fn listed(&self, only: &[Listed]) -> Vec<usize> {
        let is_listed = |outcome: &ImageOutcome| only.is_empty() || only.iter().any(|group| group.includes(outcome));
        (0..self.images.len()).filter(|&image| is_listed(&self.outcomes[image])).collect()
    }

    /// Images in the order of urgency: those that go in this run, those that may go, those that go later by date, and those
    /// that stay. The oldest are first among equals.
    pub fn by_urgency(&self, mut images: Vec<usize>) -> Vec<usize> {
        images.sort_by_key(|&image| (urgency(&self.outcomes[image]), self.images[image].pushed, image));
        images
    }
}

fn urgency(outcome: &ImageOutcome) -> (u8, Time) {
    match (outcome.goes(), outcome.may_go(), outcome.when) {
        (true, _, _) if outcome.goes_for_certain() => (0, Time(0)),
        (true, _, _) | (_, true, _) => (1, Time(0)),
        (_, _, Some(when)) => (2, when),
        (_, _, None) => (3, Time(0)),
    }
}
