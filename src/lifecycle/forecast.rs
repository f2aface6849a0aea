//! When a policy will act on each image if nothing is pushed or pulled any more.

use super::evaluate::verdicts;
use super::image::Image;
use super::kinship::Kin;
use super::policy::Policy;
use super::rule::{Action, Clock, StorageClass};
use super::sight::Sight;
use super::time::Time;
use super::verdict::Verdict;
use super::wish::{Wish, Wishes};

/// The first second, not before `at`, at which the policy acts on each image; `None`: never. AWS follows within 24 hours.
///
/// Counts act now or never, ages when they are reached. What an image index lists goes after the index: after its
/// expiry if it is to expire itself, after its archiving if it is to be archived. Where a count wants it now, it is taken
/// to want it then, though by that time younger images may have gone for other reasons.
pub fn when(policy: &Policy, images: &[Image], at: Time) -> Vec<Option<Time>> {
    times(Wishes::of(policy, images), at)
}

/// [`evaluate`](super::evaluate) and [`when`] at once, for little more than one of them costs.
pub fn foresee(policy: &Policy, images: &[Image], at: Time) -> (Vec<Verdict>, Vec<Option<Time>>) {
    let wishes = Wishes::of(policy, images);
    (verdicts(&wishes, at), times(wishes, at))
}

fn times(wishes: Wishes<'_>, at: Time) -> Vec<Option<Time>> {
    let Wishes { policy, images, mut sight, kinship, of_each: wishes } = wishes;
    let mut fates: Vec<Fate> = wishes
        .iter()
        .zip(images)
        .map(|(wish, image)| wish.map_or(STAYS, |wish| fate(wish, image, at, policy, &mut sight)))
        .collect();
    for (i, kin) in kinship.dependents() {
        let released = |wish: Wish, indexes| release(wish.action, indexes, images, &fates).map(|time| (wish, time));
        fates[i] = match kin {
            Kin::Refers(subject) => fates[subject],
            Kin::Listed(indexes) => wishes[i]
                .and_then(|wish| released(wish, indexes))
                .map_or(STAYS, |(wish, time)| fate(wish, &images[i], at.max(time), policy, &mut sight)),
        };
    }
    fates.into_iter().map(|fate| fate.acted_on).collect()
}

/// What will become of an image.
#[derive(Clone, Copy)]
struct Fate {
    /// When it is first acted on.
    acted_on: Option<Time>,
    /// When it is deleted, perhaps from the archive.
    gone: Option<Time>,
}

const STAYS: Fate = Fate { acted_on: None, gone: None };

fn fate(wish: Wish, image: &Image, not_before: Time, policy: &Policy, sight: &mut Sight<'_>) -> Fate {
    let acted_on = wish.from.map(|from| from.max(not_before));
    let gone = match wish.action {
        Action::Expire => acted_on,
        Action::TransitionToArchive => {
            acted_on.and_then(|archived| expiry_from_archive(image, archived, policy, sight))
        }
    };
    Fate { acted_on, gone }
}

fn expiry_from_archive(image: &Image, archived: Time, policy: &Policy, sight: &mut Sight<'_>) -> Option<Time> {
    let rule = sight.archive_claim(image)?;
    match policy.rules[rule].selection.clock {
        Clock::SinceTransitioned { days } => Some(archived.first_older_than(days)),
        Clock::CountMoreThan(_) | Clock::SincePushed { .. } | Clock::SincePulled { .. } => None,
    }
}

/// The first second at which no image index keeps an image from being acted on.
fn release(action: Action, indexes: &[usize], images: &[Image], fates: &[Fate]) -> Option<Time> {
    indexes.iter().try_fold(Time::DISTANT_PAST, |latest, &index| {
        let release = match (action, images[index].storage_class()) {
            (Action::TransitionToArchive, StorageClass::Archive) => Some(Time::DISTANT_PAST),
            (Action::TransitionToArchive, StorageClass::Standard) => fates[index].acted_on.map(Time::next_second),
            (Action::Expire, _) => fates[index].gone.map(Time::next_second),
        };
        release.map(|release| release.max(latest))
    })
}
