//! Patterns of tags: entries of `tagPatternList` and `tagPrefixList`.

use std::fmt;

/// `*` in one entry of a `tagPatternList` at most ("Lifecycle policy properties").
const MAX_WILDCARDS: usize = 4;

/// An entry of `tagPatternList`: `*` stands for zero or more characters, everything else for itself; anchored at both
/// ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern(String);

/// A pattern with more than four `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyWildcards {
    /// How many there are.
    pub found: usize,
}

impl fmt::Display for TooManyWildcards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `*` in one pattern, at most {MAX_WILDCARDS} are allowed", self.found)
    }
}

impl std::error::Error for TooManyWildcards {}

impl Pattern {
    /// Reads a pattern; refused with more than four `*`.
    pub fn new(text: impl Into<String>) -> Result<Pattern, TooManyWildcards> {
        let text = text.into();
        match text.matches('*').count() {
            found if found > MAX_WILDCARDS => Err(TooManyWildcards { found }),
            _ => Ok(Pattern(text)),
        }
    }

    /// `*`, which every tag matches.
    pub fn every() -> Pattern {
        Pattern("*".into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the tag matches.
    pub fn matches(&self, tag: &str) -> bool {
        self.shape().matches(tag)
    }

    /// Whether every tag that matches `other` matches this one too.
    pub fn includes(&self, other: &Pattern) -> bool {
        self.shape().includes(&other.shape())
    }

    /// Whether some tag matches both.
    pub fn overlaps(&self, other: &Pattern) -> bool {
        common_tag(&[self.shape(), other.shape()]).is_some()
    }

    pub(super) fn shape(&self) -> Shape<'_> {
        match self.0.split_once('*') {
            Some((head, rest)) => Shape { head, rest: Some(rest) },
            None => Shape { head: &self.0, rest: None },
        }
    }
}

/// An entry of `tagPrefixList`: what a tag begins with. A `*` in it is an ordinary character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefix(String);

impl Prefix {
    /// Any text is a prefix.
    pub fn new(text: impl Into<String>) -> Prefix {
        Prefix(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn shape(&self) -> Shape<'_> {
        Shape { head: &self.0, rest: Some("") }
    }
}

/// What patterns and prefixes have in common: literal text up to the first `*`, and what follows that `*`, if there is
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lifecycle) struct Shape<'a> {
    pub(in crate::lifecycle) head: &'a str,
    pub(super) rest: Option<&'a str>,
}

impl<'a> Shape<'a> {
    pub(super) fn matches(&self, tag: &str) -> bool {
        tag.strip_prefix(self.head).is_some_and(|after| self.rest_matches(after))
    }

    /// Whether what follows the head in a tag fits the rest.
    pub(in crate::lifecycle) fn rest_matches(&self, after: &str) -> bool {
        let Some(rest) = self.rest else { return after.is_empty() };
        let (middle, tail) = rest.rsplit_once('*').unwrap_or(("", rest));
        let Some(mut window) = after.strip_suffix(tail) else { return false };
        for piece in middle.split('*').filter(|piece| !piece.is_empty()) {
            let Some((_, after)) = window.split_once(piece) else { return false };
            window = after;
        }
        true
    }

    /// Puts for each `*` of the other a character that no pattern names: only a `*` here can take it, and then it takes
    /// anything else too.
    pub(super) fn includes(&self, other: &Shape<'_>) -> bool {
        let stranger = match other.rest {
            Some(rest) => format!("{}\0{}", other.head, rest.replace('*', "\0")),
            None => other.head.to_owned(),
        };
        self.matches(&stranger)
    }

    /// Literal text after the last `*`.
    fn tail(&self) -> &'a str {
        self.rest.map_or(self.head, |rest| rest.rsplit('*').next().unwrap_or(rest))
    }
}

/// A tag that matches all shapes, if there is one.
///
/// If all have a `*`, the longest head, then all middles one shape after the other, then the longest tail is such a tag,
/// provided that the heads and the tails agree.
pub(super) fn common_tag(shapes: &[Shape<'_>]) -> Option<String> {
    if let Some(literal) = shapes.iter().find(|shape| shape.rest.is_none()) {
        return shapes.iter().all(|shape| shape.matches(literal.head)).then(|| literal.head.to_owned());
    }
    let head = shapes.iter().map(|shape| shape.head).max_by_key(|head| head.len()).unwrap_or("");
    let tail = shapes.iter().map(Shape::tail).max_by_key(|tail| tail.len()).unwrap_or("");
    let agree = shapes.iter().all(|shape| head.starts_with(shape.head) && tail.ends_with(shape.tail()));
    let middles = shapes.iter().filter_map(|shape| Some(shape.rest?.rsplit_once('*')?.0.replace('*', "")));
    agree.then(|| [head.to_owned(), middles.collect(), tail.to_owned()].concat())
}
