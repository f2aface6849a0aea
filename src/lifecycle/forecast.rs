//! When a policy will act on each image if nothing is pushed or pulled any more.

use super::candidate::{Wish, Wishes};
use super::evaluate::verdicts;
use super::image::Image;
use super::matching::Sight;
use super::policy::Policy;
use super::references::Kin;
use super::rule::{Action, Clock, StorageClass};
use super::verdict::Verdict;
use crate::time::Time;

/// The first second, not before `at`, at which the policy acts on each image; `None`: never. AWS follows within 24 hours.
///
/// Counts act now or never, ages when they are reached. What an image index lists goes after the index: after its
/// expiry if it is to expire itself, after its archiving if it is to be archived. Where a count wants it now, it is taken
/// to want it then, though by that time younger images may have gone for other reasons.
pub fn when(policy: &Policy, images: &[Image], at: Time) -> Vec<Option<Time>> {
    forecasts(Wishes::of(policy, images), at).into_iter().map(|forecast| forecast.acted_on).collect()
}

/// [`evaluate`](super::evaluate) and [`when`] at once, for little more than one of them costs.
pub fn foresee(policy: &Policy, images: &[Image], at: Time) -> (Vec<Verdict>, Vec<Forecast>) {
    let wishes = Wishes::of(policy, images);
    (verdicts(&wishes, at), forecasts(wishes, at))
}

/// What will become of an image if nothing is pushed or pulled any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// When it is first acted on; never otherwise.
    pub acted_on: Option<Time>,
    /// When it is deleted: then, or later from the archive.
    pub gone: Option<Time>,
}

fn forecasts(mut wishes: Wishes<'_>, at: Time) -> Vec<Forecast> {
    let (policy, images) = (wishes.policy, wishes.images);
    let mut forecasts = Vec::with_capacity(images.len());
    for (i, image) in images.iter().enumerate() {
        let wish = wishes.wish(i);
        forecasts.push(wish.map_or(STAYS, |wish| forecast(wish, image, at, policy, &mut wishes.sight)));
    }
    for (i, kin) in wishes.kinship.dependents() {
        forecasts[i] = match kin {
            Kin::Refers(subject) => forecasts[subject],
            Kin::Listed(indexes) => {
                let released = |action| release(action, indexes, images, &forecasts);
                let wish = wishes.wish(i).and_then(|wish| Some((wish, released(wish.action)?)));
                wish.map_or(STAYS, |(wish, time)| {
                    let free = forecast(wish, &images[i], at.max(time), policy, &mut wishes.sight);
                    // In the archive, too, it stays as long as an index is there.
                    Forecast {
                        gone: free.gone.zip(released(Action::Expire)).map(|(gone, time)| gone.max(time)),
                        ..free
                    }
                })
            }
        };
    }
    forecasts
}

const STAYS: Forecast = Forecast { acted_on: None, gone: None };

fn forecast(wish: Wish, image: &Image, not_before: Time, policy: &Policy, sight: &mut Sight<'_>) -> Forecast {
    let acted_on = wish.from.map(|from| from.max(not_before));
    let gone = match wish.action {
        Action::Expire => acted_on,
        Action::TransitionToArchive => {
            acted_on.and_then(|archived| expiry_from_archive(image, archived, policy, sight))
        }
    };
    Forecast { acted_on, gone }
}

fn expiry_from_archive(image: &Image, archived: Time, policy: &Policy, sight: &mut Sight<'_>) -> Option<Time> {
    let rule = sight.archive_claim(image)?;
    match policy.rules[rule].selection.clock {
        Clock::SinceTransitioned { days } => Some(archived.first_older_than(days)),
        Clock::CountMoreThan(_) | Clock::SincePushed { .. } | Clock::SincePulled { .. } => None,
    }
}

/// The first second at which no image index keeps an image from being acted on.
fn release(action: Action, indexes: &[usize], images: &[Image], forecasts: &[Forecast]) -> Option<Time> {
    indexes.iter().try_fold(Time::DISTANT_PAST, |latest, &index| {
        let release = match (action, images[index].storage_class()) {
            (Action::TransitionToArchive, StorageClass::Archive) => Some(Time::DISTANT_PAST),
            (Action::TransitionToArchive, StorageClass::Standard) => forecasts[index].acted_on.map(Time::next_second),
            (Action::Expire, _) => forecasts[index].gone.map(Time::next_second),
        };
        release.map(|release| release.max(latest))
    })
}
