//! When a policy will act on each image if nothing is pushed or pulled any more.

use super::candidate::{CandidateAction, CandidateActions};
use super::image::Image;
use super::matching::Matching;
use super::references::Relation;
use super::verdict::Verdict;
use super::verdicts;
use crate::lifecycle::policy::{Action, Criterion, Policy, StorageClass};
use crate::time::Time;

/// What one run of the policy at that time does, as [`evaluate`](super::evaluate()) says it, and what later runs will do.
///
/// Counts act now or never, ages when they are reached. What an image index lists goes after the index: after its
/// expiry if it is to expire itself, after its archiving if it is to be archived. Where a count wants it now, it is taken
/// to want it then, though by that time younger images may have gone for other reasons.
pub fn foresee(policy: &Policy, images: &[Image], at: Time) -> (Vec<Verdict>, Vec<Forecast>) {
    let candidates = CandidateActions::of(policy, images);
    (verdicts(&candidates, at), forecasts(candidates, at))
}

/// What will become of an image if nothing is pushed or pulled any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The first second, not before the given time, at which the policy acts on it; `None`: never. AWS follows within 24
    /// hours.
    pub acted_on: Option<Time>,
    /// When it is deleted: then, or later from the archive.
    pub gone: Option<Time>,
}

fn forecasts(mut candidates: CandidateActions<'_>, at: Time) -> Vec<Forecast> {
    let (policy, images) = (candidates.policy, candidates.images);
    let mut forecasts = Vec::with_capacity(images.len());
    for (i, image) in images.iter().enumerate() {
        let candidate = candidates.for_image(i);
        forecasts.push(
            candidate.map_or(STAYS, |candidate| forecast(candidate, image, at, policy, &mut candidates.matching)),
        );
    }
    for (i, relation) in candidates.references.dependents() {
        forecasts[i] = match relation {
            Relation::RefersTo(subject) => forecasts[subject],
            Relation::ListedBy(indexes) => {
                let released = |action| release(action, indexes, images, &forecasts);
                let candidate =
                    candidates.for_image(i).and_then(|candidate| Some((candidate, released(candidate.action)?)));
                candidate.map_or(STAYS, |(candidate, time)| {
                    let free = forecast(candidate, &images[i], at.max(time), policy, &mut candidates.matching);
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

fn forecast(
    candidate: CandidateAction,
    image: &Image,
    not_before: Time,
    policy: &Policy,
    matching: &mut Matching<'_>,
) -> Forecast {
    let acted_on = candidate.due.map(|due| due.max(not_before));
    let gone = match candidate.action {
        Action::Expire => acted_on,
        Action::TransitionToArchive => {
            acted_on.and_then(|archived| expiry_from_archive(image, archived, policy, matching))
        }
    };
    Forecast { acted_on, gone }
}

fn expiry_from_archive(image: &Image, archived: Time, policy: &Policy, matching: &mut Matching<'_>) -> Option<Time> {
    let rule = matching.archive_claim(image)?;
    match policy.rules[rule].selection.criterion {
        Criterion::SinceTransitioned { days } => Some(archived.first_older_than(days)),
        Criterion::CountMoreThan(_) | Criterion::SincePushed { .. } | Criterion::SincePulled { .. } => None,
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
