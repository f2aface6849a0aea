//! Version numbers of Terraform, providers and modules.

use std::cmp::Ordering;
use std::fmt;

/// A semantic version. Missing numbers are zero (`6.28` is `6.28.0`), and build metadata is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Major, minor and patch number.
    pub(super) numbers: [u64; 3],
    /// The part after `-`; empty for a release.
    pub(super) prerelease: String,
}

/// The error for a text that is not a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAVersion(pub String);

impl Version {
    /// A release.
    pub const fn new(major: u64, minor: u64, patch: u64) -> Self {
        Version { numbers: [major, minor, patch], prerelease: String::new() }
    }

    /// Reads one to three numbers and an optional prerelease, for example `6.28` or `1.12.0-rc1`.
    ///
    /// # Errors
    /// For any other text.
    pub fn parse(text: &str) -> Result<Self, NotAVersion> {
        counted(text).map(|(version, _)| version)
    }

    /// Whether it is a prerelease.
    pub fn is_prerelease(&self) -> bool {
        !self.prerelease.is_empty()
    }
}

/// Reads a version and returns how many numbers were written.
pub(super) fn counted(text: &str) -> Result<(Version, usize), NotAVersion> {
    let error = || NotAVersion(text.to_owned());
    let (core, prerelease) = match text.split_once('-') {
        Some((core, prerelease)) if is_prerelease(prerelease) => (core, prerelease),
        Some(_) => return Err(error()),
        None => (text, ""),
    };
    let mut numbers = [0; 3];
    let mut count = 0;
    for part in core.split('.') {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let number = part.parse().ok().filter(|_| digits).ok_or_else(error)?;
        *numbers.get_mut(count).ok_or_else(error)? = number;
        count += 1;
    }
    Ok((Version { numbers, prerelease: prerelease.to_owned() }, count))
}

fn is_prerelease(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

impl Ord for Version {
    /// The order of semver.org, section 11: by numbers first, with a prerelease before its release.
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers).then_with(|| match (self.is_prerelease(), other.is_prerelease()) {
            (true, true) => compare_prereleases(&self.prerelease, &other.prerelease),
            (ours, theirs) => theirs.cmp(&ours),
        })
    }
}

fn compare_prereleases(left: &str, right: &str) -> Ordering {
    let identifiers = |text: &'_ str| text.split('.').map(Identifier::new).collect::<Vec<_>>();
    identifiers(left).cmp(&identifiers(right))
}

/// A part of a prerelease. Numbers come before words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(u64),
    Word(String),
}

impl Identifier {
    fn new(text: &str) -> Self {
        text.parse().map_or_else(|_| Identifier::Word(text.to_owned()), Identifier::Number)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.numbers;
        write!(f, "{major}.{minor}.{patch}")?;
        if self.is_prerelease() { write!(f, "-{}", self.prerelease) } else { Ok(()) }
    }
}

impl fmt::Display for NotAVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a version: write one to three numbers separated by dots, for example `6.28.0`", self.0)
    }
}

impl std::error::Error for NotAVersion {}
