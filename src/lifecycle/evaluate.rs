//! What one run of a policy does to an inventory.

use super::candidate::{Wish, Wishes};
use super::image::{Image, Storage};
use super::policy::Policy;
use super::references::Kin;
use super::rule::{Clock, StorageClass};
use super::verdict::{Doubt, Outcome, Tie, Verdict};
use crate::time::Time;

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
    verdicts(&Wishes::of(policy, images), at)
}

pub(super) fn verdicts(wishes: &Wishes<'_>, at: Time) -> Vec<Verdict> {
    let Wishes { policy, images, kinship, .. } = wishes;
    let verdict = |(i, image): (usize, &Image)| {
        let verdict = by_the_rules(wishes.wish(i), image, policy, at);
        if kinship.unlisted_index { doubted_unless_tagged(verdict, image) } else { verdict }
    };
    let mut verdicts: Vec<Verdict> = images.iter().enumerate().map(verdict).collect();
    for (image, kin) in kinship.dependents() {
        verdicts[image] = match kin {
            Kin::Listed(indexes) => listed(verdicts[image], indexes, images),
            Kin::Refers(subject) => referring(verdicts[image], subject, verdicts[subject]),
        };
    }
    verdicts
}

/// The verdict on an image that hangs on no other.
fn by_the_rules(wish: Option<Wish>, image: &Image, policy: &Policy, at: Time) -> Verdict {
    let Some(wish) = wish else {
        return Verdict { outcome: Outcome::Kept, claimed_by: None, acted_by: None, tie: None, doubt: None };
    };
    let wanted = wish.from.is_some_and(|from| from <= at);
    let restored = wanted != wanted_by_push(wanted, policy.rules[wish.rule].selection.clock, image, at);
    Verdict {
        outcome: if wanted { wish.action.into() } else { Outcome::Kept },
        claimed_by: Some(wish.rule),
        acted_by: wanted.then_some(wish.rule),
        tie: None,
        doubt: wish.doubt.or(restored.then_some(Doubt::Restored)),
    }
}

/// What would be wanted if restoring an image did not restart its age since push.
fn wanted_by_push(wanted: bool, clock: Clock, image: &Image, at: Time) -> bool {
    match (clock, image.storage) {
        (Clock::SincePushed { days }, Storage::Standard { activated_at: Some(_) }) => {
            image.pushed.first_older_than(days) <= at
        }
        _ => wanted,
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
