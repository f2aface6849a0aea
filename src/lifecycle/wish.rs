//! What the rules alone want of each image, before image indexes and subjects have their say.

use std::cmp::Reverse;

use super::image::Image;
use super::kinship::Kinship;
use super::policy::Policy;
use super::rule::{Action, Clock, Rule};
use super::sight::Sight;
use super::time::Time;
use super::verdict::Doubt;

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

/// The wish of each image's claiming rule, if a rule claims it.
///
/// A rule counts every image that it sees, also those that an earlier rule claims, but acts only on those that it claims:
/// so one walk from the youngest image to the oldest, counting for all rules at once, decides about all images.
pub(super) fn wishes(policy: &Policy, images: &[Image], sight: &mut Sight<'_>, kinship: &Kinship) -> Vec<Option<Wish>> {
    let groups: Vec<usize> = images.iter().map(|image| sight.group_of(image)).collect();
    let mut wishes = vec![None; images.len()];
    let mut tallies = vec![Tally::default(); policy.rules.len()];
    for image in youngest_first(images) {
        let group = sight.rules_of(groups[image]);
        for &(rule, keep) in &group.counted_by {
            tallies[rule].count(keep, images[image].pushed_or_activated(), kinship.may_depend(image, images));
        }
        let dependent = kinship.is_dependent(image);
        wishes[image] =
            group.claimed_by.map(|rule| wish(rule, &policy.rules[rule], &images[image], &tallies[rule], dependent));
    }
    for (wish, image) in wishes.iter_mut().zip(images) {
        if let Some(wish) = wish {
            let tied = tallies[wish.rule].ties_at(image.pushed_or_activated());
            wish.doubt = if tied { Some(Doubt::Tied) } else { wish.doubt };
        }
    }
    wishes
}

/// Indexes of the images, last pushed first; of those pushed in the same second the smallest digest first, an order of
/// ours: AWS documents none.
fn youngest_first(images: &[Image]) -> impl Iterator<Item = usize> {
    let mut order: Vec<(Reverse<Time>, usize)> =
        images.iter().enumerate().map(|(i, image)| (Reverse(image.pushed_or_activated()), i)).collect();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| images[a.1].digest.cmp(&images[b.1].digest)));
    order.into_iter().map(|(_, i)| i)
}

/// `tally` has just counted the image.
fn wish(index: usize, rule: &Rule, image: &Image, tally: &Tally, dependent: bool) -> Wish {
    let (from, doubt) = match rule.selection.clock {
        Clock::CountMoreThan(keep) => {
            let surplus = tally.all.seen > keep.get();
            let surely = tally.independent.seen > keep.get() && !dependent;
            (surplus.then_some(Time::DISTANT_PAST), (surplus && !surely).then_some(Doubt::Counting))
        }
        Clock::SincePushed { days } => (Some(image.pushed_or_activated().first_older_than(days)), None),
        Clock::SincePulled { days } => (Some(image.pulled_or_activated().first_older_than(days)), None),
        Clock::SinceTransitioned { days } => {
            (image.archived_at().map(|archived| archived.first_older_than(days)), None)
        }
    };
    Wish { rule: index, action: rule.action, from, doubt }
}

/// How many images a count rule has seen, in both readings of AWS's documentation: it does not say whether the manifests
/// that an image index lists, and referrers, are counted.
#[derive(Clone, Copy, Default)]
struct Tally {
    all: Count,
    independent: Count,
}

#[derive(Clone, Copy, Default)]
struct Count {
    seen: u32,
    /// When the last image that is kept was pushed.
    edge: Option<Time>,
    /// The same, if the first that is not kept was pushed in the same second.
    tied: Option<Time>,
}

impl Tally {
    fn count(&mut self, keep: u32, pushed: Time, dependent: bool) {
        self.all.count(keep, pushed);
        if !dependent {
            self.independent.count(keep, pushed);
        }
    }

    fn ties_at(&self, time: Time) -> bool {
        self.all.tied == Some(time) || self.independent.tied == Some(time)
    }
}

impl Count {
    fn count(&mut self, keep: u32, time: Time) {
        self.seen += 1;
        if self.seen == keep {
            self.edge = Some(time);
        }
        if self.seen - 1 == keep && self.edge == Some(time) {
            self.tied = Some(time);
        }
    }
}
