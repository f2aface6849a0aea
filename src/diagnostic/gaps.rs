//! The parts of a spec that are missing from what is checked, because they have errors.

use super::{Diagnostic, Severity};

/// The paths of the errors of one environment. A part with an error is left out, completely or up to the
/// key with the error, so what follows from that part is uncertain. All other findings are certain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps(Vec<String>);

impl Gaps {
    /// The gaps that these findings tell about: one per error. An error without a path can be about anything.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Diagnostic>) -> Self {
        let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
        let mut paths: Vec<String> = errors.map(|error| error.path.to_string()).collect();
        paths.sort();
        paths.dedup();
        Gaps(paths)
    }

    /// Adds other gaps.
    pub fn extend(&mut self, other: Gaps) {
        self.0.extend(other.0);
    }

    /// Whether a part of the spec is complete: neither the part itself, nor anything in it or around it, has an error.
    pub fn spare(&self, path: &str) -> bool {
        !self.0.iter().any(|gap| touches(gap, path))
    }

    /// The names of the entries of a map that have errors; an empty one for the map itself.
    pub fn below(&self, map: &str) -> impl Iterator<Item = &str> {
        let inside = self.0.iter().filter(move |gap| contains(map, gap));
        inside.map(move |gap| gap[map.len()..].trim_start_matches('.').split('.').next().unwrap_or_default())
    }
}

/// Whether one of two paths contains the other. The defaults of repositories are a part of each repository.
fn touches(gap: &str, path: &str) -> bool {
    if contains("repository_defaults", gap) && contains("repositories", path) {
        return true;
    }
    contains(gap, path) || contains(path, gap)
}

fn contains(outer: &str, inner: &str) -> bool {
    outer.is_empty() || inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
