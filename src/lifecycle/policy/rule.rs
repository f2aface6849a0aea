//! One rule of a lifecycle policy.

use std::num::NonZeroU32;

use super::tags::{TagList, Tags};

/// A rule: which images it selects, and what happens to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `rulePriority`. The rule with the lowest number is applied first. Unique in a policy; gaps are allowed.
    pub priority: NonZeroU32,
    /// What the rule is for, as text.
    pub description: Option<String>,
    /// Which images it acts on.
    pub selection: Selection,
    /// What it does to them.
    pub action: Action,
}

impl Rule {
    /// Number of characters in its texts: the description, and the entries of its list with the punctuation around
    /// them.
    pub(super) fn text_length(&self) -> usize {
        let entries: usize = match &self.selection.tags {
            Tags::Tagged(TagList::Patterns(patterns)) => patterns.iter().map(|p| p.as_str().chars().count() + 3).sum(),
            Tags::Tagged(TagList::Prefixes(prefixes)) => prefixes.iter().map(|p| p.as_str().chars().count() + 3).sum(),
            Tags::Untagged | Tags::Any => 0,
        };
        entries + self.description.as_ref().map_or(0, |description| description.chars().count())
    }
}

/// Which images a rule matches, and which of them it acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The images that it matches, by their tags.
    pub tags: Tags,
    /// Which of these images it acts on.
    pub criterion: Criterion,
}

/// `countType` with its number: which of the images that a rule matches it acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// `imageCountMoreThan`: all but this many of the newest images.
    CountMoreThan(NonZeroU32),
    /// `sinceImagePushed`: images that were pushed longer ago than this.
    SincePushed {
        /// Days of 24 hours.
        days: NonZeroU32,
    },
    /// `sinceImagePulled`: images that were last pulled longer ago than this. Can only archive.
    SincePulled {
        /// Days of 24 hours.
        days: NonZeroU32,
    },
    /// `sinceImageTransitioned`: images that were archived longer ago than this. Can only expire.
    SinceTransitioned {
        /// Days of 24 hours, at least 90.
        days: NonZeroU32,
    },
}

impl Criterion {
    /// The number of images or days.
    pub fn number(self) -> NonZeroU32 {
        match self {
            Criterion::CountMoreThan(number) => number,
            Criterion::SincePushed { days }
            | Criterion::SincePulled { days }
            | Criterion::SinceTransitioned { days } => days,
        }
    }

    /// The same criterion with another number.
    #[must_use]
    pub fn with_number(self, number: NonZeroU32) -> Self {
        match self {
            Criterion::CountMoreThan(_) => Criterion::CountMoreThan(number),
            Criterion::SincePushed { .. } => Criterion::SincePushed { days: number },
            Criterion::SincePulled { .. } => Criterion::SincePulled { days: number },
            Criterion::SinceTransitioned { .. } => Criterion::SinceTransitioned { days: number },
        }
    }

    /// The storage class of the images that a rule with this criterion matches. It follows from the criterion:
    /// `archive` for `sinceImageTransitioned`, and `standard` for all others.
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
    /// `expire`: deletes the image.
    Expire,
    /// `transition` to the `archive` class: the image cannot be pulled until it is restored.
    TransitionToArchive,
}

/// Where an image is stored. A rule matches only images of one storage class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StorageClass {
    /// `standard`, the class of every image when it is pushed.
    Standard,
    /// `archive`.
    Archive,
}
