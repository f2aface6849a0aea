//! Verdicts: what one run of a policy does to an image.

use std::fmt;

use crate::lifecycle::policy::Action;

/// What happens to an image, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What happens.
    pub outcome: Outcome,
    /// The rule that claims the image, as an index into `Policy::rules`. This is the first rule by priority that
    /// matches it. No later rule can act on the image.
    pub claimed_by: Option<usize>,
    /// The rule that expires or archives the image: the claiming rule, or for a referrer the rule that acts on its
    /// subject. `None` for a referrer that follows a subject in the archive.
    pub acted_by: Option<usize>,
    /// Another image that determines the outcome, if there is one.
    pub tie: Option<Tie>,
    /// Why the outcome is uncertain. `None` if it follows from AWS's documentation.
    pub doubt: Option<Doubt>,
}

/// What happens to an image within 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing.
    Kept,
    /// The image is deleted.
    Expired,
    /// The image moves to the `archive` storage class.
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

/// Another image that determines the outcome, as an index into the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// The claiming rule would act on the image, but this image index lists it and must be expired or archived first, at
    /// least a day before.
    HeldBy(usize),
    /// The image refers to this subject and is expired or archived together with it, or within a day if the subject is in
    /// the archive already.
    Follows(usize),
}

/// Why AWS's documentation does not determine an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Pushed in the same second as another image, and one of the two exceeds the count.
    Tied,
    /// Exceeds the count only if ECR counts referrers and the manifests of image indexes as images.
    Counting,
    /// Restored from the archive, and the outcome would be different if only the time of the push mattered.
    Restored,
    /// In a count, the outcome depends on whether restored images are sorted by their push or by their restore.
    RestoredOrder,
    /// Untagged, and the inventory has image indexes without the list of their manifests.
    UnlistedIndex,
    /// Listed by an image index that is in the archive itself.
    ArchivedIndex,
    /// Its own rule would act on it although its subject is kept.
    Referrer,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Doubt::Tied => "pushed in the same second as another image at the limit of the count",
            Doubt::Counting => "AWS does not document whether referrers and the manifests of image indexes are counted",
            Doubt::Restored => {
                "AWS does not document whether restoring an image from the archive resets its age since push"
            }
            Doubt::RestoredOrder => {
                "AWS's documentation contradicts itself on whether a count sorts restored images by push or by restore"
            }
            Doubt::UnlistedIndex => {
                "may belong to an image index that would keep it (the inventory does not show this)"
            }
            Doubt::ArchivedIndex => {
                "AWS does not document whether an archived image index still keeps the images that it lists"
            }
            Doubt::Referrer => "AWS does not document whether a rule acts on a referrer whose subject is kept",
        })
    }
}
