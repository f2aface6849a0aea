//! What happens to one image.

use crate::lifecycle::Outcome;
use crate::time::Time;

/// What happens to an image, why, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageOutcome {
    /// What this run does.
    pub kind: Outcome,
    /// `rulePriority` of the rule that decides; none sees it otherwise.
    pub rule: Option<u32>,
    /// Why the outcome is not certain.
    pub doubt: Option<String>,
    /// Why it is so, in words.
    pub reason: String,
    /// When it will be acted on if nothing is pushed or pulled any more; never otherwise.
    pub when: Option<Time>,
    /// When it will be deleted: then, or later from the archive.
    pub gone: Option<Time>,
    /// References in use that mean it.
    pub used_by: Vec<String>,
}

impl ImageOutcome {
    /// Whether the image cannot be pulled after this run.
    pub fn goes(&self) -> bool {
        self.kind != Outcome::Kept
    }
}
