//! Tag patterns and prefixes: the entries of `tagPatternList` and `tagPrefixList`.

use std::fmt;

/// Maximum number of `*` in one entry of a `tagPatternList` ("Lifecycle policy properties").
const MAX_WILDCARDS: usize = 4;

/// An entry of `tagPatternList`. `*` matches zero or more characters, and every other character matches itself. The
/// pattern must match the whole tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern(String);

/// The error for a pattern with more than four `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyWildcards {
    /// The number of `*` in the pattern.
    pub found: usize,
}

impl fmt::Display for TooManyWildcards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the pattern has {} `*`, and ECR allows at most {MAX_WILDCARDS}", self.found)
    }
}

impl std::error::Error for TooManyWildcards {}

impl Pattern {
    /// Reads a pattern. Fails if it has more than four `*`.
    pub fn new(text: impl Into<String>) -> Result<Pattern, TooManyWildcards> {
        let text = text.into();
        match text.matches('*').count() {
            found if found > MAX_WILDCARDS => Err(TooManyWildcards { found }),
            _ => Ok(Pattern(text)),
        }
    }

    /// The pattern `*`, which matches every tag.
    pub fn every() -> Pattern {
        Pattern("*".into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the pattern matches the tag.
    pub fn matches(&self, tag: &str) -> bool {
        self.shape().matches(tag)
    }

    /// Whether this pattern matches every tag that `other` matches.
    pub fn includes(&self, other: &Pattern) -> bool {
        self.shape().includes(&other.shape())
    }

    /// Whether there is a tag that both patterns match.
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

/// An entry of `tagPrefixList`: the beginning of a tag. `*` is an ordinary character in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefix(String);

impl Prefix {
    /// Creates a prefix. Any text is valid.
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

/// The common form of patterns and prefixes: the literal text up to the first `*`, and the rest after that `*`, if
/// there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::lifecycle) struct Shape<'a> {
    pub(in crate::lifecycle) head: &'a str,
    pub(super) rest: Option<&'a str>,
}

impl<'a> Shape<'a> {
    pub(super) fn matches(&self, tag: &str) -> bool {
        tag.strip_prefix(self.head).is_some_and(|after| self.rest_matches(after))
    }

    /// Whether the rest matches the part of a tag after the head.
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

    /// Whether this shape matches everything that `other` matches.
    ///
    /// Replaces each `*` of `other` with a character that no pattern contains. Only a `*` of this shape can match that
    /// character, and a `*` matches everything else, too.
    pub(super) fn includes(&self, other: &Shape<'_>) -> bool {
        let probe = match other.rest {
            Some(rest) => format!("{}\0{}", other.head, rest.replace('*', "\0")),
            None => other.head.to_owned(),
        };
        self.matches(&probe)
    }

    /// The literal text after the last `*`.
    fn tail(&self) -> &'a str {
        self.rest.map_or(self.head, |rest| rest.rsplit('*').next().unwrap_or(rest))
    }
}

/// Returns a tag that all shapes match, if there is one.
///
/// If all shapes have a `*`, the tag consists of the longest head, the middles of all shapes one after another, and the
/// longest tail. It exists if the heads and the tails are compatible.
pub(super) fn common_tag(shapes: &[Shape<'_>]) -> Option<String> {
    if let Some(literal) = shapes.iter().find(|shape| shape.rest.is_none()) {
        return shapes.iter().all(|shape| shape.matches(literal.head)).then(|| literal.head.to_owned());
    }
    let head = shapes.iter().map(|shape| shape.head).max_by_key(|head| head.len()).unwrap_or("");
    let tail = shapes.iter().map(Shape::tail).max_by_key(|tail| tail.len()).unwrap_or("");
    let compatible = shapes.iter().all(|shape| head.starts_with(shape.head) && tail.ends_with(shape.tail()));
    let middles = shapes.iter().filter_map(|shape| Some(shape.rest?.rsplit_once('*')?.0.replace('*', "")));
    compatible.then(|| [head.to_owned(), middles.collect(), tail.to_owned()].concat())
}
