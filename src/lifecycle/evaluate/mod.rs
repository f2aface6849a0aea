//! What a policy does to the images of a repository: one run of it at a time, and the runs to come.

mod candidate;
mod count_boundary;
mod forecast;
mod image;
mod matching;
mod references;
mod trie;
mod verdict;

pub use forecast::{Forecast, foresee};
pub use image::{Image, Storage};
pub use verdict::{Doubt, Outcome, Tie, Verdict};

use crate::lifecycle::policy::{Criterion, Policy, StorageClass};
use crate::time::Time;
use candidate::{CandidateAction, CandidateActions};
use references::Relation;

/// What one run of the policy at that time does to each image, in the order of `images`.
///
/// Follows "Automate the cleanup of images by using lifecycle policies": each image belongs to the first rule by priority
/// that sees it, whether that rule acts or not; counts include images that belong to other rules; what an image index
/// lists stays while the index is there, so it takes a later run; referrers share the fate of their subject. AWS acts
/// within 24 hours, not at once.
///
/// Digests have to be unique. Verdicts without a doubt suppose that tagged images belong to no image index but those
/// that list them here.
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
            Relation::ListedBy(indexes) => listed(verdicts[image], indexes, images),
            Relation::RefersTo(subject) => referring(verdicts[image], subject, verdicts[subject]),
        };
    }
    verdicts
}

/// The verdict on an image that depends on no other.
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

/// Whether the action would be due if restoring an image did not restart its age since push.
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

/// An image index that is there keeps what it lists; whether an archived one still does is documented only for archiving.
fn listed(own: Verdict, indexes: &[usize], images: &[Image]) -> Verdict {
    let kept = Verdict { outcome: Outcome::Kept, acted_by: None, ..own };
    let standing = indexes.iter().find(|&&index| images[index].storage_class() == StorageClass::Standard);
    match (standing, own.outcome) {
        (Some(_), Outcome::Kept) => Verdict { doubt: None, ..kept },
        (Some(&index), _) => Verdict { tie: Some(Tie::HeldBy(index)), doubt: None, ..kept },
        (None, Outcome::Expired) => {
            Verdict { tie: Some(Tie::HeldBy(indexes[0])), doubt: Some(Doubt::ArchivedIndex), ..kept }
        }
        (None, Outcome::Kept | Outcome::Archived) => own,
    }
}

/// A referrer goes when its subject goes.
fn referring(own: Verdict, subject: usize, its: Verdict) -> Verdict {
    let torn = its.outcome == Outcome::Kept && (own.outcome != Outcome::Kept || own.doubt.is_some());
    Verdict {
        outcome: its.outcome,
        claimed_by: own.claimed_by,
        acted_by: its.acted_by,
        tie: Some(Tie::Follows(subject)),
        doubt: its.doubt.or(torn.then_some(Doubt::Referrer)),
    }
}
