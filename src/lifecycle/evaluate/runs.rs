//! Many runs of a policy over images that change between the runs. The cost depends on the number of changes, not on the
//! number of images times the number of runs.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::candidate::by_age;
use super::image::Image;
use super::matching::Matching;
use crate::lifecycle::policy::{Criterion, Policy};
use crate::time::Time;

/// A policy and the images on which it runs. Images are numbered by the caller.
///
/// A run has the same outcomes as [`evaluate`](super::evaluate()), for images that neither list nor refer to others, and
/// whose numbers are in the order of their digests.
pub struct Runs<'p> {
    policy: &'p Policy,
    matching: Matching<'p>,
    images: Vec<Option<State>>,
    /// The order of the images that a rule counts, by rule.
    rankings: Vec<Option<Ranking>>,
    /// When the rule with an age that claims an image acts on it. Entries of older states are skipped.
    due: BinaryHeap<Reverse<(Time, usize, u32)>>,
    /// Images that may exceed the count of the rule that claims them.
    candidates: Vec<usize>,
    /// The number of states so far.
    states: u32,
}

/// What the rules know about an image.
#[derive(Clone, Copy)]
struct State {
    group: u32,
    key: Key,
    /// The number of this state.
    number: u32,
}

/// The place of an image in a count. The newest is the greatest. Images of the same second are in the order of numbers.
type Key = (Time, Reverse<usize>);

/// The images that a rule counts.
struct Ranking {
    keep: usize,
    newest: BTreeSet<Key>,
    older: BTreeSet<Key>,
}

impl<'p> Runs<'p> {
    /// Starts without images.
    pub fn of(policy: &'p Policy) -> Runs<'p> {
        let ranking = |criterion| match criterion {
            Criterion::CountMoreThan(keep) => {
                Some(Ranking { keep: keep.get() as usize, newest: BTreeSet::new(), older: BTreeSet::new() })
            }
            _ => None,
        };
        Runs {
            policy,
            matching: Matching::of(policy),
            images: Vec::new(),
            rankings: policy.rules.iter().map(|rule| ranking(rule.selection.criterion)).collect(),
            due: BinaryHeap::new(),
            candidates: Vec::new(),
            states: 0,
        }
    }

    /// Adds an image, or takes note of its changes.
    pub fn put(&mut self, number: usize, image: &Image) {
        let group = self.matching.group_of(image);
        let key = (image.pushed_or_activated(), Reverse(number));
        if self.images.len() <= number {
            self.images.resize(number + 1, None);
        }
        self.states += 1;
        let before = self.images[number].replace(State { group, key, number: self.states });
        if before.is_none_or(|before| (before.group, before.key) != (group, key)) {
            before.into_iter().for_each(|before| self.leave(before));
            self.enter(group, key);
        }
        let Some(rule) = self.matching.rules_of(group).claimed_by else { return };
        match by_age(self.policy.rules[rule].selection.criterion, image) {
            Some(due) => self.due.push(Reverse((due, number, self.states))),
            None => self.candidates.push(number),
        }
    }

    /// Removes an image.
    pub fn remove(&mut self, number: usize) {
        let state = self.images.get_mut(number).and_then(Option::take);
        state.into_iter().for_each(|state| self.leave(state));
    }

    /// Returns the images on which a run acts, each with the index of the rule. The caller must remove or change them
    /// before the next run.
    pub fn run(&mut self, at: Time) -> Vec<(usize, usize)> {
        let mut acted = Vec::new();
        while let Some(&Reverse((due, number, state))) = self.due.peek().filter(|Reverse((due, ..))| *due <= at) {
            debug_assert!(due <= at);
            self.due.pop();
            if self.images[number].is_some_and(|now| now.number == state) {
                acted.extend(self.claimed_by(number).map(|rule| (number, rule)));
            }
        }
        for number in std::mem::take(&mut self.candidates) {
            let Some((rule, state)) = self.claimed_by(number).zip(self.images[number]) else { continue };
            if self.rankings[rule].as_ref().is_some_and(|ranking| ranking.older.contains(&state.key)) {
                acted.push((number, rule));
            }
        }
        acted.sort_unstable();
        acted.dedup();
        acted
    }

    fn claimed_by(&self, number: usize) -> Option<usize> {
        self.images[number].and_then(|state| self.matching.rules_of(state.group).claimed_by)
    }

    fn enter(&mut self, group: u32, key: Key) {
        for &rule in &self.matching.rules_of(group).matched_by {
            let pushed_out = self.rankings[rule].as_mut().and_then(|ranking| ranking.insert(key));
            self.candidates.extend(pushed_out.map(|(_, Reverse(number))| number));
        }
    }

    fn leave(&mut self, state: State) {
        for &rule in &self.matching.rules_of(state.group).matched_by {
            self.rankings[rule].iter_mut().for_each(|ranking| ranking.remove(&state.key));
        }
    }
}

impl Ranking {
    /// Adds an image. Returns the one that now exceeds the count, if there is one.
    fn insert(&mut self, key: Key) -> Option<Key> {
        if self.older.last().is_some_and(|older| key < *older) {
            self.older.insert(key);
            return Some(key);
        }
        self.newest.insert(key);
        let out = if self.newest.len() > self.keep { self.newest.pop_first() } else { None };
        self.older.extend(out);
        out
    }

    fn remove(&mut self, key: &Key) {
        if !self.older.remove(key) {
            self.newest.remove(key);
            self.newest.extend(self.older.pop_last());
        }
    }
}
