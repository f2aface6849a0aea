//! Which images a rule matches by their tags.

use std::fmt;

use super::pattern::{Pattern, Prefix, Shape, common_tag};

/// `tagStatus` with its list: which images a rule matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tags {
    /// Images whose tags match the whole list.
    Tagged(TagList),
    /// Images without a tag.
    Untagged,
    /// All images, tagged or not.
    Any,
}

impl Tags {
    /// Whether an image with these tags matches.
    pub fn matches(&self, tags: &[String]) -> bool {
        match self {
            Tags::Tagged(list) => list.matches(tags),
            Tags::Untagged => tags.is_empty(),
            Tags::Any => true,
        }
    }

    /// Whether every image that `other` matches also matches this.
    ///
    /// A rule is dead if a rule with a lower `rulePriority` and the same storage class includes it. There is only one
    /// case in which several rules make a rule dead and none of them includes it alone: rules for all tagged images and
    /// for untagged images, followed by a rule for any image.
    pub fn includes(&self, other: &Tags) -> bool {
        match (self, other) {
            (Tags::Any, _) | (Tags::Untagged, Tags::Untagged) => true,
            (Tags::Tagged(list), Tags::Tagged(other)) => list.includes(other),
            _ => false,
        }
    }

    /// Whether both match some of the same images in the usual cases: one includes the other, or a single tag matches
    /// both. An image with several tags can match any two lists.
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

/// Describes the matching images for people.
impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (how, entries): (_, Vec<&str>) = match self {
            Tags::Any => return f.write_str("all images"),
            Tags::Untagged => return f.write_str("untagged images"),
            Tags::Tagged(TagList::Patterns(list)) if list.iter().map(Pattern::as_str).eq(["*"]) => {
                return f.write_str("tagged images");
            }
            Tags::Tagged(TagList::Patterns(list)) => ("a tag that matches", list.iter().map(Pattern::as_str).collect()),
            Tags::Tagged(TagList::Prefixes(list)) => {
                ("a tag that starts with", list.iter().map(Prefix::as_str).collect())
            }
        };
        f.write_str("images with ")?;
        for (i, entry) in entries.into_iter().enumerate() {
            write!(f, "{}{how} `{entry}`", if i > 0 { " and " } else { "" })?;
        }
        Ok(())
    }
}

/// `tagPatternList` or `tagPrefixList`. AWS combines the entries with AND: each entry must match a tag of the image,
/// and one tag may match several entries. An empty list, which AWS rejects, matches nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagList {
    /// `tagPatternList`.
    Patterns(Vec<Pattern>),
    /// `tagPrefixList`.
    Prefixes(Vec<Prefix>),
}

impl TagList {
    /// The list that matches every tagged image.
    pub fn every() -> TagList {
        TagList::Patterns(vec![Pattern::every()])
    }

    /// Whether each entry matches one of these tags.
    pub fn matches(&self, tags: &[String]) -> bool {
        let shapes = self.shapes();
        !shapes.is_empty() && shapes.iter().all(|shape| tags.iter().any(|tag| shape.matches(tag)))
    }

    /// Whether this list matches every image that `other` matches.
    ///
    /// The result is exact. For each entry of `other`, an image may have a tag that matches only what this entry forces
    /// it to match. Therefore each entry of this list must include an entry of `other`.
    pub fn includes(&self, other: &TagList) -> bool {
        let (mine, theirs) = (self.shapes(), other.shapes());
        theirs.is_empty()
            || !mine.is_empty() && mine.iter().all(|shape| theirs.iter().any(|other| shape.includes(other)))
    }

    /// Whether a single tag can match both lists. An image with several tags can always match both.
    pub fn overlaps(&self, other: &TagList) -> bool {
        self.common_tag(other).is_some()
    }

    /// Returns a tag that matches both lists.
    pub fn common_tag(&self, other: &TagList) -> Option<String> {
        common_tag(&[self.shapes(), other.shapes()].concat())
    }

    /// The first two entries that no single tag matches. If there are none, a single tag can match the whole list.
    pub fn contradiction(&self) -> Option<(&str, &str)> {
        self.first_pair(|first, second| common_tag(&[*first, *second]).is_none())
    }

    /// The first two entries of which the second is as strict as the first one or stricter, so that the first one has no
    /// effect.
    pub fn redundant(&self) -> Option<(&str, &str)> {
        let stricter = |first: &Shape, second: &Shape| first.includes(second);
        let reverse = || self.first_pair(|first, second| second.includes(first)).map(|(first, second)| (second, first));
        self.first_pair(stricter).or_else(reverse)
    }

    /// The texts of the first two different entries, in the order of the list, that satisfy a condition.
    fn first_pair(&self, condition: impl Fn(&Shape<'_>, &Shape<'_>) -> bool) -> Option<(&str, &str)> {
        let (shapes, texts) = (self.shapes(), self.texts());
        let pairs = (0..shapes.len()).flat_map(|first| (first + 1..shapes.len()).map(move |second| (first, second)));
        let mut found = pairs.filter(|&(first, second)| condition(&shapes[first], &shapes[second]));
        found.next().map(|(first, second)| (texts[first], texts[second]))
    }

    /// The texts of its entries.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            TagList::Patterns(list) => list.iter().map(Pattern::as_str).collect(),
            TagList::Prefixes(list) => list.iter().map(Prefix::as_str).collect(),
        }
    }

    /// Its entries, whether patterns or prefixes.
    pub(in crate::lifecycle) fn shapes(&self) -> Vec<Shape<'_>> {
        match self {
            TagList::Patterns(patterns) => patterns.iter().map(Pattern::shape).collect(),
            TagList::Prefixes(prefixes) => prefixes.iter().map(Prefix::shape).collect(),
        }
    }
}
