//! What the rules alone want of each image, before image indexes and subjects have their say.

use super::count_boundary::{Edges, Seen};
use super::image::Image;
use super::matching::Sight;
use super::policy::Policy;
use super::references::Kinship;
use super::rule::{Action, Clock, Rule};
use super::verdict::Doubt;
use crate::time::Time;

/// What the rule that claims an image wants of it. No other rule ever can.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    /// Index of the claiming rule.
    pub(super) rule: usize,
    /// What it does.
    pub(super) action: Action,
    /// From when on it wants that; `None`: never, if nothing is pushed any more.
    pub(super) from: Option<Time>,
    /// Doubt about the count.
    pub(super) doubt: Option<Doubt>,
}

/// What a policy wants of the images of an inventory, ready to be asked.
///
/// Wishes are made when they are asked for: where there are a million, it costs less than to keep them.
pub(super) struct Wishes<'i> {
    pub(super) policy: &'i Policy,
    pub(super) images: &'i [Image],
    pub(super) sight: Sight<'i>,
    pub(super) kinship: Kinship,
    /// Each image's group.
    groups: Vec<u32>,
    /// Where the count of each rule that has one ends.
    edges: Vec<Option<Edges>>,
}

impl<'i> Wishes<'i> {
    pub(super) fn of(policy: &'i Policy, images: &'i [Image]) -> Wishes<'i> {
        let kinship = Kinship::of(images);
        let mut sight = Sight::of(policy);
        let mut groups = Vec::with_capacity(images.len());
        let mut members: Vec<Vec<Seen>> = Vec::new();
        for (i, image) in images.iter().enumerate() {
            let group = sight.group_of(image);
            members.resize_with(sight.groups(), Vec::new);
            members[group as usize].push(seen(i, images, &kinship));
            groups.push(group);
        }
        let edges = policy.rules.iter().enumerate().map(|(rule, Rule { selection, .. })| {
            let Clock::CountMoreThan(keep) = selection.clock else { return None };
            let counted = (0..).zip(&members).filter(|(group, _)| sight.rules_of(*group).seen_by.contains(&rule));
            let counted: Vec<&[Seen]> = counted.map(|(_, members)| members.as_slice()).collect();
            Some(Edges::of(counted.concat(), keep.get() as usize, images))
        });
        let edges = edges.collect();
        Wishes { policy, images, sight, kinship, groups, edges }
    }

    /// The wish of the image's claiming rule, if a rule claims it.
    ///
    /// A rule counts every image that it sees, also those that an earlier rule claims, but acts only on those that it
    /// claims.
    pub(super) fn wish(&self, image: usize) -> Option<Wish> {
        let rule = self.sight.rules_of(self.groups[image]).claimed_by?;
        let (clock, action) = (self.policy.rules[rule].selection.clock, self.policy.rules[rule].action);
        let (from, doubt) = match &self.edges[rule] {
            Some(edges) => by_count(edges, &seen(image, self.images, &self.kinship), self.images, &self.kinship),
            None => (by_age(clock, &self.images[image]), None),
        };
        Some(Wish { rule, action, from, doubt })
    }
}

fn seen(image: usize, images: &[Image], kinship: &Kinship) -> Seen {
    let number = u32::try_from(image).expect("an inventory has fewer than four billion images");
    Seen { image: number, pushed: images[image].pushed_or_activated(), depends: kinship.may_depend(image, images) }
}

fn by_count(edges: &Edges, image: &Seen, images: &[Image], kinship: &Kinship) -> (Option<Time>, Option<Doubt>) {
    let over = edges.is_over(image, images);
    let surely = edges.is_surely_over(image, images) && !kinship.is_dependent(image.image as usize);
    let doubt = match edges.ties(image) {
        true => Some(Doubt::Tied),
        false => (over && !surely).then_some(Doubt::Counting),
    };
    (over.then_some(Time::DISTANT_PAST), doubt)
}

/// From when on the image is older than a rule's days.
fn by_age(clock: Clock, image: &Image) -> Option<Time> {
    match clock {
        Clock::SincePushed { days } => Some(image.pushed_or_activated().first_older_than(days)),
        Clock::SincePulled { days } => Some(image.pulled_or_activated().first_older_than(days)),
        Clock::SinceTransitioned { days } => image.archived_at().map(|archived| archived.first_older_than(days)),
        Clock::CountMoreThan(_) => None,
    }
}
