//! What happens to one image.

use crate::lifecycle::Outcome;
use crate::time::Time;

/// What happens to an image, why, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageOutcome {
    /// What this run does.
    pub kind: Outcome,
    /// `rulePriority` of the rule that decides, if a rule matches the image.
    pub rule: Option<u32>,
    /// Why the outcome is uncertain, if it is.
    pub doubt: Option<String>,
    /// What may happen in this run, if the outcome is uncertain.
    pub possible: Option<Outcome>,
    /// Why the times in `when` and `gone` are uncertain, if they are.
    pub doubt_of_dates: Option<String>,
    /// Whether a rule acts on the image right after this run, because the image index that keeps it goes in this run.
    pub follows_index: bool,
    /// The reason for the outcome, in words.
    pub reason: String,
    /// When a rule will act on the image if nothing more is pushed or pulled, if ever.
    pub when: Option<Time>,
    /// When the image will be deleted: at that time, or later from the archive.
    pub gone: Option<Time>,
    /// References in use that point to the image.
    pub used_by: Vec<String>,
}

impl ImageOutcome {
    /// Whether the image cannot be pulled after this run.
    pub fn goes(&self) -> bool {
        self.kind != Outcome::Kept
    }

    /// Whether it is certain that the image cannot be pulled after this run.
    pub fn goes_for_certain(&self) -> bool {
        self.goes() && self.doubt.is_none()
    }

    /// Whether the image may not be pulled after this run, but that is uncertain.
    pub fn may_go(&self) -> bool {
        self.possible.is_some_and(|outcome| outcome != Outcome::Kept)
    }

    /// Whether the outcome and its times follow from the input and from AWS's documentation.
    pub fn is_certain(&self) -> bool {
        self.doubt.is_none() && self.doubt_of_dates.is_none()
    }
}
