//! Forecasts when a policy acts on each image if nothing is pushed or pulled anymore.

use super::candidate::{CandidateAction, CandidateActions};
use super::image::Image;
use super::matching::Matching;
use super::references::Relation;
use super::verdict::Verdict;
use super::verdicts;
use crate::lifecycle::policy::{Action, Criterion, Policy, StorageClass};
use crate::time::Time;

/// Computes what one run of the policy does at the given time, like [`evaluate`](super::evaluate()), and what later
/// runs will do.
///
/// Rules that count images act now or never, and rules with an age act when an image reaches it. The images that an
/// image index lists follow the index: they expire after the index has expired and are archived after it has been
/// archived. If a count selects such an image now, the forecast assumes that it still does so then, although newer
/// images may have been deleted for other reasons by that time.
pub fn foresee(policy: &Policy, images: &[Image], at: Time) -> (Vec<Verdict>, Vec<Forecast>) {
    let candidates = CandidateActions::of(policy, images);
    (verdicts(&candidates, at), forecasts(candidates, at))
}

/// What will happen to an image if nothing is pushed or pulled anymore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// The first second, not earlier than the given time, at which the policy acts on the image. `None` means never.
    /// AWS carries out the action within 24 hours.
    pub acted_on: Option<Time>,
    /// When the image is deleted: at `acted_on`, or later from the archive.
    pub gone: Option<Time>,
}

fn forecasts(mut candidates: CandidateActions<'_>, at: Time) -> Vec<Forecast> {
    let (policy, images) = (candidates.policy, candidates.images);
    let mut forecasts = Vec::with_capacity(images.len());
    for (i, image) in images.iter().enumerate() {
        let candidate = candidates.for_image(i);
        forecasts
            .push(candidate.map_or(KEPT, |candidate| forecast(candidate, image, at, policy, &mut candidates.matching)));
    }
    for (i, relation) in candidates.references.dependents() {
        forecasts[i] = match relation {
            Relation::RefersTo(subject) => forecasts[subject],
            Relation::ListedBy(indexes) => {
                let released = |action| release(action, indexes, images, &forecasts);
                let candidate =
                    candidates.for_image(i).and_then(|candidate| Some((candidate, released(candidate.action)?)));
                candidate.map_or(KEPT, |(candidate, time)| {
                    let own = forecast(candidate, &images[i], at.max(time), policy, &mut candidates.matching);
                    // Even in the archive, an image is kept for as long as an image index that lists it exists.
                    Forecast { gone: own.gone.zip(released(Action::Expire)).map(|(gone, time)| gone.max(time)), ..own }
                })
            }
        };
    }
    forecasts
}

const KEPT: Forecast = Forecast { acted_on: None, gone: None };

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

/// The first second at which no image index prevents the action anymore.
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
