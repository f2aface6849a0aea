//! One rule of a lifecycle policy.

use std::num::NonZeroU32;

use super::tags::{TagList, Tags};

/// A rule: which images, and what happens to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `rulePriority`: the lowest number is applied first. Unique in a policy, gaps allowed.
    pub priority: NonZeroU32,
    /// What the rule is for, in words.
    pub description: Option<String>,
    /// Which images it acts on.
    pub selection: Selection,
    /// What it does to them.
    pub action: Action,
}

impl Rule {
    /// Characters of the texts in it: its description, and the entries of its list with the marks around them.
    pub(super) fn text_length(&self) -> usize {
        let entries: usize = match &self.selection.tags {
            Tags::Tagged(TagList::Patterns(patterns)) => patterns.iter().map(|p| p.as_str().chars().count() + 3).sum(),
            Tags::Tagged(TagList::Prefixes(prefixes)) => prefixes.iter().map(|p| p.as_str().chars().count() + 3).sum(),
            Tags::Untagged | Tags::Any => 0,
        };
        entries + self.description.as_ref().map_or(0, |description| description.chars().count())
    }
}

/// Which images a rule sees, and which of those it acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The images it sees, by their tags.
    pub tags: Tags,
    /// The ones among them it acts on.
    pub criterion: Criterion,
}

/// `countType` with its number: which of the images it sees a rule acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// `imageCountMoreThan`: all but so many of the youngest.
    CountMoreThan(NonZeroU32),
    /// `sinceImagePushed`: pushed longer ago than this.
    SincePushed {
        /// Days of 24 hours.
        days: NonZeroU32,
    },
    /// `sinceImagePulled`: last pulled longer ago than this; only archives.
    SincePulled {
        /// Days of 24 hours.
        days: NonZeroU32,
    },
    /// `sinceImageTransitioned`: archived longer ago than this; only expires.
    SinceTransitioned {
        /// Days of 24 hours, at least 90.
        days: NonZeroU32,
    },
}

impl Criterion {
    /// The storage class a rule with this criterion works on. Not a choice: `archive` goes with
    /// `sinceImageTransitioned` and with nothing else.
    pub fn storage_class(self) -> StorageClass {
        match self {
            Criterion::SinceTransitioned { .. } => StorageClass::Archive,
            Criterion::CountMoreThan(_) | Criterion::SincePushed { .. } | Criterion::SincePulled { .. } => {
                StorageClass::Standard
            }
        }
    }
}

/// What a rule does to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// `expire`: deletes it.
    Expire,
    /// `transition` to the `archive` class: it can no longer be pulled until it is restored.
    TransitionToArchive,
}

/// Where an image is stored; a rule sees the images of one class only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StorageClass {
    /// `standard`, what every image is pushed into.
    Standard,
    /// `archive`.
    Archive,
}
