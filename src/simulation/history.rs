//! Pushes and a policy, day by day.

use std::collections::HashMap;

use super::outcome::ImageOutcome;
use super::run::{Simulation, simulate};
use super::totals::Sum;
use crate::inventory::{Inventory, Usage};
use crate::lifecycle::{Image, Outcome, Policy, Storage, StorageClass, evaluate};
use crate::time::{DAY, Time, date};

/// What happened to the images of a schedule under a policy that ran once a day.
#[derive(Clone, Debug)]
pub struct History {
    /// When it started.
    pub start: Time,
    /// Every image that was pushed, in its last state. A tag that was moved is on the image that got it last.
    pub images: Vec<Image>,
    /// When each image was deleted and by which rule (`rulePriority`), if it was deleted.
    pub expired: Vec<Option<(Time, u32)>>,
    /// The state on the evening of each day, in order.
    pub days: Vec<Day>,
}

/// What exists after the policy has run on the evening of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The evening.
    pub time: Time,
    /// Images in the standard storage class.
    pub standard: Sum,
    /// Images in the archive.
    pub archive: Sum,
    /// All images pushed so far, which is what would exist without a policy.
    pub pushed: Sum,
}

impl Day {
    /// The number of images that remain, archived or not.
    pub fn left(&self) -> usize {
        self.standard.images + self.archive.images
    }

    /// The percentage of the images pushed so far that are deleted.
    pub fn saved(&self) -> f64 {
        match self.pushed.images {
            0 => 0.0,
            pushed => (pushed - self.left()) as f64 * 100.0 / pushed as f64,
        }
    }
}

impl History {
    /// Runs the policy once a day, for a number of days, on `images`, which are in the order of their pushes.
    pub fn run(policy: &Policy, images: Vec<Image>, start: Time, days: u32) -> History {
        let mut history = History { start, expired: vec![None; images.len()], images, days: Vec::new() };
        let mut living: Vec<usize> = Vec::new();
        let mut tagged: HashMap<String, usize> = HashMap::new();
        let mut pushed = Sum::default();
        let mut next = 0;
        for day in 1..=i64::from(days) {
            let evening = Time(start.0 + day * DAY);
            while next < history.images.len() && history.images[next].pushed <= evening {
                history.take_tags(next, &mut tagged);
                pushed.take(&history.images[next]);
                living.push(next);
                next += 1;
            }
            history.apply(policy, &mut living, evening);
            history.days.push(history.count(&living, evening, pushed));
        }
        history
    }

    /// Moves the tags of a pushed image to it: a tag is on only one image at a time.
    fn take_tags(&mut self, image: usize, tagged: &mut HashMap<String, usize>) {
        for tag in self.images[image].tags.clone() {
            if let Some(before) = tagged.insert(tag.clone(), image).filter(|before| *before != image) {
                self.images[before].tags.retain(|other| *other != tag);
            }
        }
    }

    fn apply(&mut self, policy: &Policy, living: &mut Vec<usize>, at: Time) {
        let images: Vec<Image> = living.iter().map(|&i| self.images[i].clone()).collect();
        for (&image, verdict) in living.iter().zip(evaluate(policy, &images, at)) {
            match verdict.outcome {
                Outcome::Kept => {}
                Outcome::Archived => self.images[image].storage = Storage::Archive { archived_at: at },
                Outcome::Expired => {
                    let rule = verdict.acted_by.expect("only a rule expires an image");
                    self.expired[image] = Some((at, policy.rules[rule].priority.get()));
                }
            }
        }
        living.retain(|&image| self.expired[image].is_none());
    }

    fn count(&self, living: &[usize], time: Time, pushed: Sum) -> Day {
        let mut day = Day { time, standard: Sum::default(), archive: Sum::default(), pushed };
        for image in living.iter().map(|&i| &self.images[i]) {
            match image.storage_class() {
                StorageClass::Standard => day.standard.take(image),
                StorageClass::Archive => day.archive.take(image),
            }
        }
        day
    }

    /// The state on the last evening.
    ///
    /// # Panics
    /// If the history has no days.
    pub fn last(&self) -> &Day {
        self.days.last().expect("a history has at least one day")
    }

    /// Returns the verdicts on the last evening about every image ever pushed.
    pub fn outcome(&self, name: &str, policy: &Policy) -> Simulation<'_> {
        let at = self.last().time;
        let living: Vec<usize> = (0..self.images.len()).filter(|&image| self.expired[image].is_none()).collect();
        let inventory = Inventory {
            repository: Some(name.to_owned()),
            registry: None,
            images: living.iter().map(|&image| self.images[image].clone()).collect(),
            complete: true,
            remarks: Vec::new(),
        };
        let mut outcomes: Vec<ImageOutcome> = self.expired.iter().map(expired_outcome).collect();
        let simulation = simulate(policy, &inventory, &Usage::default(), at);
        for (&image, outcome) in living.iter().zip(simulation.outcomes) {
            outcomes[image] = match self.images[image].storage {
                Storage::Archive { archived_at } if !outcome.goes() => ImageOutcome {
                    kind: Outcome::Archived,
                    reason: format!("archived on {}; {}", date(archived_at), outcome.reason),
                    ..outcome
                },
                _ => outcome,
            };
        }
        let (name, unanswered, remarks) = (name.to_owned(), Vec::new(), Vec::new());
        Simulation { name, images: &self.images, at, outcomes, complete: true, unanswered, remarks }
    }
}

fn expired_outcome(expired: &Option<(Time, u32)>) -> ImageOutcome {
    let (when, rule) = expired.unzip();
    ImageOutcome {
        kind: Outcome::Expired,
        rule,
        doubt: None,
        possible: None,
        doubt_of_dates: None,
        follows_index: false,
        reason: expired.map_or_else(String::new, |(when, rule)| format!("rule {rule}, on {}", date(when))),
        when,
        gone: when,
        used_by: Vec::new(),
    }
}
