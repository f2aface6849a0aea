//! The candidate action for each image: what the rules alone would do to it, regardless of image indexes and subjects.

use super::count_boundary::{CountBoundary, Counted};
use super::image::Image;
use super::matching::Matching;
use super::references::References;
use super::verdict::Doubt;
use crate::lifecycle::policy::{Action, Criterion, Policy, Rule};
use crate::time::Time;

/// What the rule that claims an image would do to it. No other rule can act on that image.
#[derive(Clone, Copy)]
pub(super) struct CandidateAction {
    /// Index of the claiming rule.
    pub(super) rule: usize,
    /// What the rule does.
    pub(super) action: Action,
    /// When the action becomes due. `None` means never, if nothing else is pushed.
    pub(super) due: Option<Time>,
    /// Why the count is uncertain, if it is.
    pub(super) doubt: Option<Doubt>,
}

/// The candidate actions of a policy for the images of an inventory.
///
/// Each action is computed when it is requested. For a million images, this is cheaper than storing all of them.
pub(super) struct CandidateActions<'i> {
    pub(super) policy: &'i Policy,
    pub(super) images: &'i [Image],
    pub(super) matching: Matching<'i>,
    pub(super) references: References,
    /// The group of each image.
    groups: Vec<u32>,
    /// The boundary of each rule that counts images, by rule.
    boundaries: Vec<Option<CountBoundary>>,
    /// The same if restored images are sorted by their push. Empty if there are none.
    boundaries_by_push: Vec<Option<CountBoundary>>,
}

impl<'i> CandidateActions<'i> {
    pub(super) fn of(policy: &'i Policy, images: &'i [Image]) -> CandidateActions<'i> {
        let references = References::of(images);
        let mut matching = Matching::of(policy);
        let mut groups = Vec::with_capacity(images.len());
        let mut members: Vec<Vec<Counted>> = Vec::new();
        for (i, image) in images.iter().enumerate() {
            let group = matching.group_of(image);
            members.resize_with(matching.groups(), Vec::new);
            members[group as usize].push(counted(i, images, &references));
            groups.push(group);
        }
        let boundaries = self::boundaries(policy, images, &matching, &members);
        let boundaries_by_push = match images.iter().any(|image| image.pushed_or_activated() != image.pushed) {
            true => {
                members.iter_mut().flatten().for_each(|counted| *counted = counted.by_push(images));
                self::boundaries(policy, images, &matching, &members)
            }
            false => Vec::new(),
        };
        CandidateActions { policy, images, matching, references, groups, boundaries, boundaries_by_push }
    }

    /// What the rule that claims the image would do to it. `None` if no rule claims it.
    ///
    /// A rule counts every image that it matches, even if an earlier rule claims the image, but it acts only on images
    /// that it claims.
    pub(super) fn for_image(&self, image: usize) -> Option<CandidateAction> {
        let rule = self.matching.rules_of(self.groups[image]).claimed_by?;
        let (criterion, action) = (self.policy.rules[rule].selection.criterion, self.policy.rules[rule].action);
        let (due, doubt) = match &self.boundaries[rule] {
            Some(boundary) => self.by_count(boundary, self.boundaries_by_push.get(rule), image),
            None => (by_age(criterion, &self.images[image]), None),
        };
        Some(CandidateAction { rule, action, due, doubt })
    }

    /// Whether the image exceeds the count, and why that is uncertain, if it is.
    fn by_count(
        &self,
        boundary: &CountBoundary,
        by_push: Option<&Option<CountBoundary>>,
        image: usize,
    ) -> (Option<Time>, Option<Doubt>) {
        let (images, references) = (self.images, &self.references);
        let counted = counted(image, images, references);
        let over = boundary.is_over(&counted, images);
        let for_certain = boundary.is_over_for_certain(&counted, images);
        let (tied, reordered) = by_push.and_then(Option::as_ref).map_or((false, false), |by_push| {
            let counted = counted.by_push(images);
            let same = over == by_push.is_over(&counted, images)
                && (!over || for_certain == by_push.is_over_for_certain(&counted, images));
            (by_push.ties(&counted), !same)
        });
        let doubt = match (tied || boundary.ties(&counted), reordered) {
            (true, _) => Some(Doubt::Tied),
            (_, true) => Some(Doubt::RestoredOrder),
            _ => (over && (!for_certain || references.is_dependent(image))).then_some(Doubt::Counting),
        };
        (over.then_some(Time::DISTANT_PAST), doubt)
    }
}

fn counted(image: usize, images: &[Image], references: &References) -> Counted {
    let number = u32::try_from(image).expect("an inventory has fewer than four billion images");
    Counted {
        image: number,
        pushed: images[image].pushed_or_activated(),
        depends: references.may_depend(image, images),
    }
}

/// The boundary of each rule that counts images, by rule.
fn boundaries(
    policy: &Policy,
    images: &[Image],
    matching: &Matching<'_>,
    members: &[Vec<Counted>],
) -> Vec<Option<CountBoundary>> {
    let boundaries = policy.rules.iter().enumerate().map(|(rule, Rule { selection, .. })| {
        let Criterion::CountMoreThan(keep) = selection.criterion else { return None };
        let counted = (0..).zip(members).filter(|(group, _)| matching.rules_of(*group).matched_by.contains(&rule));
        let counted: Vec<&[Counted]> = counted.map(|(_, members)| members.as_slice()).collect();
        Some(CountBoundary::of(counted.concat(), keep.get() as usize, images))
    });
    boundaries.collect()
}

/// When the image becomes older than the rule's number of days.
pub(super) fn by_age(criterion: Criterion, image: &Image) -> Option<Time> {
    match criterion {
        Criterion::SincePushed { days } => Some(image.pushed_or_activated().first_older_than(days)),
        Criterion::SincePulled { days } => Some(image.pulled_or_activated().first_older_than(days)),
        Criterion::SinceTransitioned { days } => image.archived_at().map(|archived| archived.first_older_than(days)),
        Criterion::CountMoreThan(_) => None,
    }
}
