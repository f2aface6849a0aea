//! What the rules alone want of each image, before image indexes and subjects have their say.

use super::edge::{Edges, Seen};
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

/// What a policy wants of the images of an inventory, and what that was worked out from.
pub(super) struct Wishes<'i> {
    pub(super) policy: &'i Policy,
    pub(super) images: &'i [Image],
    pub(super) sight: Sight<'i>,
    pub(super) kinship: Kinship,
    /// The wish of each image's claiming rule, if a rule claims it.
    pub(super) of_each: Vec<Option<Wish>>,
}

impl<'i> Wishes<'i> {
    /// A rule counts every image that it sees, also those that an earlier rule claims, but acts only on those that it
    /// claims.
    pub(super) fn of(policy: &'i Policy, images: &'i [Image]) -> Wishes<'i> {
        let kinship = Kinship::of(images);
        let mut sight = Sight::of(policy);
        let groups: Vec<usize> = images.iter().map(|image| sight.group_of(image)).collect();
        let edges = edges(policy, images, &groups, &sight, &kinship);
        let wish = |i: usize| {
            let rule = sight.rules_of(groups[i]).claimed_by?;
            let (clock, action) = (policy.rules[rule].selection.clock, policy.rules[rule].action);
            Some(match &edges[rule] {
                Some(edges) => {
                    let (from, doubt) = by_count(edges, &seen(i, images, &kinship), images, &kinship);
                    Wish { rule, action, from, doubt }
                }
                None => Wish { rule, action, from: by_age(clock, &images[i]), doubt: None },
            })
        };
        let of_each = (0..images.len()).map(wish).collect();
        Wishes { policy, images, sight, kinship, of_each }
    }
}

/// Where the count of each rule that has one ends.
fn edges(
    policy: &Policy,
    images: &[Image],
    groups: &[usize],
    sight: &Sight<'_>,
    kinship: &Kinship,
) -> Vec<Option<Edges>> {
    let mut members: Vec<Vec<Seen>> = vec![Vec::new(); sight.groups()];
    for (i, &group) in groups.iter().enumerate() {
        members[group].push(seen(i, images, kinship));
    }
    let edges = policy.rules.iter().enumerate().map(|(rule, Rule { selection, .. })| {
        let Clock::CountMoreThan(keep) = selection.clock else { return None };
        let counted = (0..members.len()).filter(|&group| sight.rules_of(group).seen_by.contains(&rule));
        let counted: Vec<Seen> = counted.flat_map(|group| members[group].iter().copied()).collect();
        Some(Edges::of(counted, keep.get() as usize, images))
    });
    edges.collect()
}

fn seen(image: usize, images: &[Image], kinship: &Kinship) -> Seen {
    Seen { image, pushed: images[image].pushed_or_activated(), depends: kinship.may_depend(image, images) }
}

fn by_count(edges: &Edges, image: &Seen, images: &[Image], kinship: &Kinship) -> (Option<Time>, Option<Doubt>) {
    let over = edges.is_over(image, images);
    let surely = edges.is_surely_over(image, images) && !kinship.is_dependent(image.image);
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
