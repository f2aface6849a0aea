//! Pushes and a policy, day by day.

use std::collections::HashMap;

use super::outcome::ImageOutcome;
use super::run::{Simulation, simulate};
use super::schedule::{ChangeKind, ImageChange, Schedule};
use super::totals::Sum;
use crate::inventory::{Inventory, Usage};
use crate::lifecycle::{Action, Image, Outcome, Policy, Runs, Storage, StorageClass};
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
    /// Runs the policy once a day, for a number of days, on the images of a schedule.
    pub fn run(policy: &Policy, schedule: Schedule, start: Time, days: u32) -> History {
        let Schedule { images, changes } = schedule;
        let now = Day { time: start, standard: Sum::default(), archive: Sum::default(), pushed: Sum::default() };
        let history = History { start, expired: vec![None; images.len()], images, days: Vec::new() };
        let mut course = Course { history, now, runs: Runs::of(policy), tagged: HashMap::new() };
        let (mut next, mut changes) = (0, changes.into_iter().peekable());
        for day in 1..=i64::from(days) {
            let evening = Time(start.0 + day * DAY);
            while let Some(pushed) = course.history.images.get(next).map(|image| image.pushed).filter(|t| *t <= evening)
            {
                // Pushes and changes happen in the order of their times.
                while let Some(change) = changes.next_if(|change| change.time < pushed) {
                    course.change(change);
                }
                course.push(next);
                next += 1;
            }
            while let Some(change) = changes.next_if(|change| change.time <= evening) {
                course.change(change);
            }
            course.apply(policy, evening);
        }
        course.history
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

/// A history while it is computed.
struct Course<'p> {
    history: History,
    now: Day,
    runs: Runs<'p>,
    /// The image that has each tag.
    tagged: HashMap<String, usize>,
}

impl Course<'_> {
    /// Pushes an image. Its tags move to it: a tag is on only one image at a time.
    fn push(&mut self, image: usize) {
        let images = &mut self.history.images;
        for tag in images[image].tags.clone() {
            let before = self.tagged.insert(tag.clone(), image).filter(|before| *before != image);
            if let Some(before) = before {
                images[before].tags.retain(|other| *other != tag);
                if self.history.expired[before].is_none() {
                    self.runs.put(before, &images[before]);
                }
            }
        }
        self.now.pushed.take(&images[image]);
        self.now.standard.take(&images[image]);
        self.runs.put(image, &images[image]);
    }

    /// Makes a change to an image, if it still exists. An archived image cannot be pulled.
    fn change(&mut self, ImageChange { image, time, kind }: ImageChange) {
        let target = &mut self.history.images[image];
        if self.history.expired[image].is_some() || target.pushed > time {
            return;
        }
        match (kind, target.storage_class()) {
            (ChangeKind::Pull, StorageClass::Standard) => target.pulled = Some(time),
            (ChangeKind::Archive, StorageClass::Standard) => self.store(image, Storage::Archive { archived_at: time }),
            (ChangeKind::Restore, StorageClass::Archive) => {
                self.store(image, Storage::Standard { activated_at: Some(time) })
            }
            _ => return,
        }
        self.runs.put(image, &self.history.images[image]);
    }

    /// Moves an image to the other storage class.
    fn store(&mut self, image: usize, storage: Storage) {
        let image = &mut self.history.images[image];
        let sum = Sum::of(image);
        match storage {
            Storage::Archive { .. } => {
                (self.now.standard, self.now.archive) = (self.now.standard - sum, self.now.archive + sum);
            }
            Storage::Standard { .. } => {
                (self.now.standard, self.now.archive) = (self.now.standard + sum, self.now.archive - sum);
            }
        }
        image.storage = storage;
    }

    /// Runs the policy on an evening.
    fn apply(&mut self, policy: &Policy, at: Time) {
        for (image, rule) in self.runs.run(at) {
            match policy.rules[rule].action {
                Action::TransitionToArchive => {
                    self.store(image, Storage::Archive { archived_at: at });
                    self.runs.put(image, &self.history.images[image]);
                }
                Action::Expire => {
                    let sum = Sum::of(&self.history.images[image]);
                    match self.history.images[image].storage_class() {
                        StorageClass::Standard => self.now.standard = self.now.standard - sum,
                        StorageClass::Archive => self.now.archive = self.now.archive - sum,
                    }
                    self.history.expired[image] = Some((at, policy.rules[rule].priority.get()));
                    self.runs.remove(image);
                }
            }
        }
        self.now.time = at;
        self.history.days.push(self.now);
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
