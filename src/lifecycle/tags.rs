//! The tagging requirement of a rule.

use super::pattern::{Pattern, Prefix, Shape, one_tag_fits};

/// `tagStatus` with its list: which images a rule sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tags {
    /// Images whose tags satisfy the whole list.
    Tagged(TagList),
    /// Images without a tag.
    Untagged,
    /// All images, tagged or not.
    Any,
}

impl Tags {
    /// Whether an image with these tags is seen.
    pub fn matches(&self, tags: &[String]) -> bool {
        match self {
            Tags::Tagged(list) => list.matches(tags),
            Tags::Untagged => tags.is_empty(),
            Tags::Any => true,
        }
    }

    /// Whether every image that `other` sees is seen by this one too.
    ///
    /// A rule is dead if a rule of lower `rulePriority` and the same storage class includes it. Several rules together
    /// make one dead without including it alone in one case only: all tagged images and untagged ones before any.
    pub fn includes(&self, other: &Tags) -> bool {
        match (self, other) {
            (Tags::Any, _) | (Tags::Untagged, Tags::Untagged) => true,
            (Tags::Tagged(list), Tags::Tagged(other)) => list.includes(other),
            _ => false,
        }
    }
}

/// `tagPatternList` or `tagPrefixList`. AWS ANDs it: each entry must match some tag of the image, one tag may satisfy
/// several entries. An empty list, which AWS refuses, sees nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagList {
    /// `tagPatternList`.
    Patterns(Vec<Pattern>),
    /// `tagPrefixList`.
    Prefixes(Vec<Prefix>),
}

impl TagList {
    /// Whether each entry matches some tag of the image.
    pub fn matches(&self, tags: &[String]) -> bool {
        let shapes = self.shapes();
        !shapes.is_empty() && shapes.iter().all(|shape| tags.iter().any(|tag| shape.matches(tag)))
    }

    /// Whether every image that `other` sees is seen by this list too.
    ///
    /// Exact: an image may carry for each entry of `other` a tag that satisfies nothing which it need not, so each
    /// entry here has to include one entry there.
    pub fn includes(&self, other: &TagList) -> bool {
        let (mine, theirs) = (self.shapes(), other.shapes());
        theirs.is_empty()
            || !mine.is_empty() && mine.iter().all(|shape| theirs.iter().any(|other| shape.includes(other)))
    }

    /// Whether one single tag can satisfy this list and the other at once. With several tags an image can always
    /// satisfy both.
    pub fn overlaps(&self, other: &TagList) -> bool {
        one_tag_fits(&[self.shapes(), other.shapes()].concat())
    }

    /// Whether one single tag can satisfy the whole list. If not, the list was probably meant as OR.
    pub fn fits_one_tag(&self) -> bool {
        one_tag_fits(&self.shapes())
    }

    /// Its entries, patterns and prefixes alike.
    pub(super) fn shapes(&self) -> Vec<Shape<'_>> {
        match self {
            TagList::Patterns(patterns) => patterns.iter().map(Pattern::shape).collect(),
            TagList::Prefixes(prefixes) => prefixes.iter().map(Prefix::shape).collect(),
        }
    }
}
