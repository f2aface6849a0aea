//! Computes what a policy does to the images of a repository, in one run and in later runs.

mod candidate;
mod count_boundary;
mod forecast;
mod image;
mod matching;
mod references;
mod runs;
mod trie;
mod verdict;

pub use forecast::{Forecast, foresee};
pub use image::{Image, Storage};
pub use runs::Runs;
pub use verdict::{Doubt, Outcome, Tie, Verdict};

use crate::lifecycle::policy::{Criterion, Policy};
use crate::time::Time;
use candidate::{CandidateAction, CandidateActions};
use references::Relation;

/// Computes what one run of the policy at the given time does to each image. The verdicts are in the order of `images`.
///
/// Based on "Automate the cleanup of images by using lifecycle policies":
///
/// - Each image belongs to the first rule by priority that matches it, whether that rule acts or not.
/// - Counts include images that belong to other rules.
/// - The images that an image index lists are kept until the index is expired or archived, so a later run acts on them.
///   A day after the index is archived, they can expire, which is uncertain.
/// - Referrers are expired or archived together with their subject.
///
/// AWS acts within 24 hours, not immediately.
///
/// Digests must be unique. Verdicts without a doubt assume that each tagged image belongs only to the image indexes
/// that list it in `images`.
pub fn evaluate(policy: &Policy, images: &[Image], at: Time) -> Vec<Verdict> {
    verdicts(&CandidateActions::of(policy, images), at)
}

fn verdicts(candidates: &CandidateActions<'_>, at: Time) -> Vec<Verdict> {
    let CandidateActions { policy, images, references, .. } = candidates;
    let verdict = |(i, image): (usize, &Image)| {
        let verdict = by_the_rules(candidates.for_image(i), image, policy, at);
        if references.unlisted_index { doubted_unless_tagged(verdict, image) } else { verdict }
    };
    let mut verdicts: Vec<Verdict> = images.iter().enumerate().map(verdict).collect();
    for (image, relation) in references.dependents() {
        verdicts[image] = match relation {
            Relation::ListedBy(indexes) => listed(verdicts[image], indexes, images, at),
            Relation::RefersTo(subject) => {
                let follows = follows_into_archive(&images[image], &images[subject]);
                referring(verdicts[image], subject, verdicts[subject], follows)
            }
        };
    }
    verdicts
}

/// The verdict on an image that does not depend on others.
fn by_the_rules(candidate: Option<CandidateAction>, image: &Image, policy: &Policy, at: Time) -> Verdict {
    let Some(candidate) = candidate else {
        return Verdict { outcome: Outcome::Kept, claimed_by: None, acted_by: None, tie: None, doubt: None };
    };
    let is_due = candidate.due.is_some_and(|due| due <= at);
    let restored = is_due != is_due_by_push(is_due, policy.rules[candidate.rule].selection.criterion, image, at);
    Verdict {
        outcome: if is_due { candidate.action.into() } else { Outcome::Kept },
        claimed_by: Some(candidate.rule),
        acted_by: is_due.then_some(candidate.rule),
        tie: None,
        doubt: candidate.doubt.or(restored.then_some(Doubt::Restored)),
    }
}

/// Whether the action would be due if restoring an image did not reset its age since push.
fn is_due_by_push(is_due: bool, criterion: Criterion, image: &Image, at: Time) -> bool {
    match (criterion, image.storage) {
        (Criterion::SincePushed { days }, Storage::Standard { activated_at: Some(_) }) => {
            image.pushed.first_older_than(days) <= at
        }
        _ => is_due,
    }
}

fn doubted_unless_tagged(verdict: Verdict, image: &Image) -> Verdict {
    let doubtful = image.tags.is_empty() && verdict.outcome != Outcome::Kept;
    Verdict { doubt: verdict.doubt.or(doubtful.then_some(Doubt::UnlistedIndex)), ..verdict }
}

/// The verdict on an image that image indexes list. An index in standard storage keeps it. AWS documents that it is kept
/// until the index "is deleted or archived", and not which of the two an expiry waits for.
fn listed(own: Verdict, indexes: &[usize], images: &[Image], at: Time) -> Verdict {
    let kept = Verdict { outcome: Outcome::Kept, acted_by: None, ..own };
    let in_standard = indexes.iter().find(|&&index| images[index].archived_at().is_none());
    let just_archived =
        indexes.iter().find(|&&index| images[index].archived_at().is_some_and(|time| time.next_day() > at));
    match (in_standard, own.outcome) {
        (Some(_), Outcome::Kept) => Verdict { doubt: None, ..kept },
        (Some(&index), _) => Verdict { tie: Some(Tie::HeldBy(index)), doubt: None, ..kept },
        (None, Outcome::Expired) => match just_archived {
            Some(&index) => Verdict { tie: Some(Tie::HeldBy(index)), doubt: None, ..kept },
            None => Verdict { doubt: Some(Doubt::ArchivedIndex), ..own },
        },
        (None, Outcome::Kept | Outcome::Archived) => own,
    }
}

/// Whether a referrer is archived because its subject is in the archive.
fn follows_into_archive(referrer: &Image, subject: &Image) -> bool {
    subject.archived_at().is_some() && referrer.archived_at().is_none()
}

/// The verdict on a referrer, which follows the verdict on its subject.
fn referring(own: Verdict, subject: usize, of_subject: Verdict, into_archive: bool) -> Verdict {
    let stays = of_subject.outcome == Outcome::Kept;
    let outcome = if stays && into_archive { Outcome::Archived } else { of_subject.outcome };
    let in_conflict = stays && (own.doubt.is_some() || own.outcome != Outcome::Kept && own.outcome != outcome);
    Verdict {
        outcome,
        claimed_by: own.claimed_by,
        acted_by: of_subject.acted_by,
        tie: Some(Tie::Follows(subject)),
        doubt: of_subject.doubt.or(in_conflict.then_some(Doubt::Referrer)),
    }
}
