//! What one run of a policy does to one image.

use std::fmt;

use crate::lifecycle::policy::Action;

/// What happens to an image, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What happens.
    pub outcome: Outcome,
    /// The rule that decides about it: the first by priority that sees it. No later rule can act on it. Index into
    /// `Policy::rules`.
    pub claimed_by: Option<usize>,
    /// The rule that expires or archives it: the claiming rule, or for a referrer the rule that acts on its subject.
    pub acted_by: Option<usize>,
    /// Another image that decided, if one did.
    pub tie: Option<Tie>,
    /// Why the outcome is not certain; `None`: it follows from what AWS documents.
    pub doubt: Option<Doubt>,
}

/// What happens to an image, within 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing.
    Kept,
    /// It is deleted.
    Expired,
    /// It moves to the `archive` storage class.
    Archived,
}

impl From<Action> for Outcome {
    fn from(action: Action) -> Outcome {
        match action {
            Action::Expire => Outcome::Expired,
            Action::TransitionToArchive => Outcome::Archived,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Kept => "kept",
            Outcome::Expired => "expired",
            Outcome::Archived => "archived",
        })
    }
}

/// Another image on which the outcome hangs; indexes into the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The claiming rule wants it, but this image index lists it and has to go first.
    HeldBy(usize),
    /// It refers to this subject and shares its fate.
    Follows(usize),
}

/// Why AWS's documentation does not settle an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Pushed in the same second as another image, one of which is over the count.
    Tied,
    /// Over the count only if the manifests of image indexes and referrers count as images.
    Counting,
    /// Restored from the archive, and the rule would decide otherwise by the day of its push.
    Restored,
    /// Untagged, and there are image indexes of which the inventory does not tell what they list.
    UnlistedIndex,
    /// Listed by an image index that is archived itself.
    ArchivedIndex,
    /// Its own rule would act on it although its subject stays.
    Referrer,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Doubt::Tied => "pushed in the same second as another image at the edge of the count",
            Doubt::Counting => "AWS does not say whether manifests of image indexes and referrers are counted",
            Doubt::Restored => {
                "AWS does not say whether restoring an image from the archive restarts its age since push"
            }
            Doubt::UnlistedIndex => "may belong to an image index, which would keep it; the inventory does not tell",
            Doubt::ArchivedIndex => "AWS does not say whether an archived image index still keeps what it lists",
            Doubt::Referrer => "AWS does not say whether a rule acts on a referrer whose subject stays",
        })
    }
}
