//! Forecasts when a policy acts on each image if nothing is pushed or pulled anymore.

use super::candidate::{CandidateAction, CandidateActions};
use super::image::Image;
use super::matching::Matching;
use super::references::Relation;
use super::verdict::{Doubt, Verdict};
use super::{follows_into_archive, verdicts};
use crate::lifecycle::policy::{Action, Criterion, Policy};
use crate::time::Time;

/// Computes what one run of the policy does at the given time, like [`evaluate`](super::evaluate()), and what later
/// runs will do.
///
/// Rules that count images act now or never, and rules with an age act when an image reaches it. The images that an
/// image index lists follow the index: they expire after the index has expired, or a day after it has been archived, and
/// are archived after it has been archived. If a count selects such an image now, the forecast assumes that it still does so then, although newer
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
    /// Why these times are uncertain, if they are. [`Verdict::doubt`] tells whether what this run does is uncertain.
    pub doubt: Option<Doubt>,
}

/// What an archived image index means for the expiry of the images that it lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ArchivedIndex {
    /// They can expire a day after it has been archived.
    Releases,
    /// They cannot expire before it does.
    Holds,
}

fn forecasts(mut candidates: CandidateActions<'_>, at: Time) -> Vec<Forecast> {
    let (policy, images) = (candidates.policy, candidates.images);
    let mut independent = Vec::with_capacity(images.len());
    for (i, image) in images.iter().enumerate() {
        let candidate = candidates.for_image(i);
        independent
            .push(candidate.map_or(KEPT, |candidate| forecast(candidate, image, at, policy, &mut candidates.matching)));
    }
    if candidates.references.dependents().next().is_none() {
        return independent;
    }
    let if_held = with_dependents(independent.clone(), &mut candidates, at, ArchivedIndex::Holds);
    let mut forecasts = with_dependents(independent, &mut candidates, at, ArchivedIndex::Releases);
    for (forecast, if_held) in forecasts.iter_mut().zip(if_held) {
        forecast.doubt = (*forecast != if_held).then_some(Doubt::ArchivedIndex);
    }
    forecasts
}

/// Replaces the forecasts of images that depend on others.
fn with_dependents(
    mut forecasts: Vec<Forecast>,
    candidates: &mut CandidateActions<'_>,
    at: Time,
    reading: ArchivedIndex,
) -> Vec<Forecast> {
    let (policy, images) = (candidates.policy, candidates.images);
    for (i, relation) in candidates.references.dependents() {
        forecasts[i] = match relation {
            Relation::RefersTo(subject) if follows_into_archive(&images[i], &images[subject]) => {
                Forecast { acted_on: Some(at), ..forecasts[subject] }
            }
            Relation::RefersTo(subject) => forecasts[subject],
            Relation::ListedBy(indexes) => {
                let released = |action| release(action, indexes, images, &forecasts, reading);
                let candidate =
                    candidates.for_image(i).and_then(|candidate| Some((candidate, released(candidate.action)?)));
                candidate.map_or(KEPT, |(candidate, time)| {
                    let own = forecast(candidate, &images[i], at.max(time), policy, &mut candidates.matching);
                    // An image that is archived itself must also wait before it expires.
                    Forecast { gone: own.gone.zip(released(Action::Expire)).map(|(gone, time)| gone.max(time)), ..own }
                })
            }
        };
    }
    forecasts
}

const KEPT: Forecast = Forecast { acted_on: None, gone: None, doubt: None };

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
    Forecast { acted_on, gone, doubt: None }
}

fn expiry_from_archive(image: &Image, archived: Time, policy: &Policy, matching: &mut Matching<'_>) -> Option<Time> {
    let rule = matching.archive_claim(image)?;
    match policy.rules[rule].selection.criterion {
        Criterion::SinceTransitioned { days } => Some(archived.first_older_than(days)),
        Criterion::CountMoreThan(_) | Criterion::SincePushed { .. } | Criterion::SincePulled { .. } => None,
    }
}

/// The first second at which no image index prevents the action anymore.
fn release(
    action: Action,
    indexes: &[usize],
    images: &[Image],
    forecasts: &[Forecast],
    reading: ArchivedIndex,
) -> Option<Time> {
    indexes.iter().try_fold(Time::DISTANT_PAST, |latest, &index| {
        let Forecast { acted_on, gone, .. } = forecasts[index];
        let release = match (action, images[index].archived_at()) {
            (Action::TransitionToArchive, Some(_)) => Some(Time::DISTANT_PAST),
            (Action::TransitionToArchive, None) => acted_on.map(Time::next_second),
            (Action::Expire, archived_at) => {
                let archived_at = archived_at.or(acted_on.filter(|_| acted_on != gone));
                let released = archived_at.filter(|_| reading == ArchivedIndex::Releases).map(Time::next_day);
                [released, gone.map(Time::next_second)].into_iter().flatten().min()
            }
        };
        release.map(|release| release.max(latest))
    })
}
