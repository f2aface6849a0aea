//! Where a file lies inside the output folder.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::parsed_text;

/// A relative path with `/` that stays inside the output folder on every file system and out of git's and our own
/// folders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(String);

/// Why a text is no [`RelPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPath {
    /// The text.
    pub path: String,
    /// What is wrong with it: continues "the path …".
    pub why: &'static str,
}

impl RelPath {
    /// Parses a path.
    ///
    /// # Errors
    /// When it is empty, absolute, has a component that is empty, `.`, `..`, `.git` or over 255 bytes, lies in
    /// `.ecrgen`, holds a backslash, a colon or a control character, or a component of it ends with a dot or a space.
    pub fn parse(text: &str) -> Result<RelPath, BadPath> {
        match fault(text) {
            Some(why) => Err(BadPath { path: text.to_owned(), why }),
            None => Ok(RelPath(text.to_owned())),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it lies in; empty at the top.
    pub fn folder(&self) -> &str {
        folder_of(&self.0)
    }

    /// What a file system that folds letter case (macOS, Windows) knows it by.
    pub(super) fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// All before the last `/`; empty without one.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        return Some("is empty");
    }
    if text.starts_with('/') {
        return Some("is absolute");
    }
    if text.contains('\\') {
        return Some("has a backslash");
    }
    // `c:x` is a path on another drive for Windows, `x:y` a stream inside the file `x`.
    if text.contains(':') {
        return Some("has a colon");
    }
    if text.contains(char::is_control) {
        return Some("has a control character");
    }
    let first = text.split('/').next().unwrap_or_default();
    if first.eq_ignore_ascii_case(".ecrgen") {
        return Some("lies in `.ecrgen`, where the manifests are");
    }
    text.split('/').find_map(component_fault)
}

fn component_fault(component: &str) -> Option<&'static str> {
    match component {
        "" => Some("has an empty component"),
        "." | ".." => Some("has a `.` or `..` component"),
        // git itself refuses to track one at any depth.
        _ if component.eq_ignore_ascii_case(".git") => Some("lies in `.git`"),
        // Windows drops them when it opens a file, so that `.. ` becomes `..`.
        _ if component.ends_with(['.', ' ']) => Some("has a component that ends with a dot or a space"),
        _ if component.len() > 255 => Some("has a component over 255 bytes"),
        _ => None,
    }
}

parsed_text!(RelPath, BadPath);

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the path {:?} {}", self.path, self.why)
    }
}
