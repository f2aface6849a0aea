//! The tagging requirement of a rule.

use std::fmt;

use super::pattern::{Pattern, Prefix, Shape, common_tag};

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

    /// Whether both see images as they usually are: one sees all that the other sees, or a single tag satisfies both. With
    /// several tags an image can satisfy any two lists.
    pub fn overlaps(&self, other: &Tags) -> bool {
        match (self, other) {
            (Tags::Tagged(list), Tags::Tagged(other)) => {
                list.overlaps(other) || list.includes(other) || other.includes(list)
            }
            (Tags::Tagged(_), Tags::Untagged) | (Tags::Untagged, Tags::Tagged(_)) => false,
            (Tags::Any, _) | (_, Tags::Any) | (Tags::Untagged, Tags::Untagged) => true,
        }
    }
}

/// Whose images it sees, for people.
impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (how, entries): (_, Vec<&str>) = match self {
            Tags::Any => return f.write_str("all images"),
            Tags::Untagged => return f.write_str("untagged images"),
            Tags::Tagged(TagList::Patterns(list)) => ("a tag like", list.iter().map(Pattern::as_str).collect()),
            Tags::Tagged(TagList::Prefixes(list)) => {
                ("a tag that begins with", list.iter().map(Prefix::as_str).collect())
            }
        };
        f.write_str("images with ")?;
        for (i, entry) in entries.into_iter().enumerate() {
            write!(f, "{}{how} `{entry}`", if i > 0 { " and " } else { "" })?;
        }
        Ok(())
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
    /// The list that every tagged image satisfies.
    pub fn every() -> TagList {
        TagList::Patterns(vec![Pattern::every()])
    }

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
        self.common_tag(other).is_some()
    }

    /// A tag that satisfies this list and the other at once.
    pub fn common_tag(&self, other: &TagList) -> Option<String> {
        common_tag(&[self.shapes(), other.shapes()].concat())
    }

    /// Whether one single tag can satisfy the whole list. If not, the list was probably meant as OR.
    pub fn fits_one_tag(&self) -> bool {
        common_tag(&self.shapes()).is_some()
    }

    /// Its entries, patterns and prefixes alike.
    pub(in crate::lifecycle) fn shapes(&self) -> Vec<Shape<'_>> {
        match self {
            TagList::Patterns(patterns) => patterns.iter().map(Pattern::shape).collect(),
            TagList::Prefixes(prefixes) => prefixes.iter().map(Prefix::shape).collect(),
        }
    }
}
