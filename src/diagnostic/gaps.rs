//! The parts of a spec that are missing from what is checked, because they have errors.

use std::collections::BTreeSet;
use std::ops::Bound;

use super::{Diagnostic, Severity};

/// The paths of the errors of one environment. A part with an error is left out, completely or up to the
/// key with the error, so what follows from that part is uncertain. All other findings are certain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps(BTreeSet<String>);

impl Gaps {
    /// The gaps that these findings tell about: one per error. An error without a path can be about anything.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Diagnostic>) -> Self {
        let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
        Gaps(errors.map(|error| error.path.to_string()).collect())
    }

    /// Adds other gaps.
    pub fn extend(&mut self, other: Gaps) {
        self.0.extend(other.0);
    }

    /// Whether a part of the spec is complete: neither the part itself, nor anything in it or around it, has an error. The
    /// defaults of repositories are a part of each repository.
    pub fn spare(&self, path: &str) -> bool {
        let is_default = || matches!(path.split('.').next(), Some("repositories" | "repository_templates"));
        !(self.is_around(path) || self.is_in(path) || is_default() && self.is_in("repository_defaults"))
    }

    /// Whether a part, or one that contains it, has an error.
    fn is_around(&self, path: &str) -> bool {
        let ends = path.match_indices('.').map(|(dot, _)| dot).chain([0, path.len()]);
        !self.0.is_empty() && ends.into_iter().any(|end| self.0.contains(&path[..end]))
    }

    /// Whether a part, or one in it, has an error.
    fn is_in(&self, path: &str) -> bool {
        self.0.contains(path) || self.inside(path).next().is_some()
    }

    /// The errors in a part, without those of the part itself.
    fn inside(&self, path: &str) -> impl Iterator<Item = &str> {
        let start = if path.is_empty() { String::new() } else { format!("{path}.") };
        let after = self.0.range::<str, _>((Bound::Excluded(start.as_str()), Bound::Unbounded));
        after.take_while(move |gap| gap.starts_with(&start)).map(String::as_str)
    }

    /// The names of the entries of a map that have errors; an empty one for the map itself.
    pub fn below(&self, map: &str) -> impl Iterator<Item = &str> {
        let entries = self.inside(map).map(move |gap| gap[map.len() + 1..].split('.').next().unwrap_or_default());
        self.0.contains(map).then_some("").into_iter().chain(entries)
    }
}
