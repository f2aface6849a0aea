//! The path of a file inside the output folder.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::text::parsed_text;

/// A relative path with `/` as its separator. On every file system it stays inside the output folder, and outside the
/// folders `.git` and `.ecrgen`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(String);

/// The error for a text that is not a [`RelPath`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPath {
    /// The text.
    pub path: String,
    /// The problem, as a continuation of "the path …".
    pub why: &'static str,
}

impl RelPath {
    /// Parses a path.
    ///
    /// # Errors
    /// When it is empty, absolute or in `.ecrgen`; when it has a backslash, a colon or a control character; or when a
    /// component is empty, `.`, `..`, `.git`, longer than 255 bytes, or ends with a dot or a space.
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

    /// The folder of the file; empty at the top level.
    pub fn folder(&self) -> &str {
        folder_of(&self.0)
    }

    /// The path as seen by a file system that ignores letter case (macOS, Windows).
    pub(super) fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Everything before the last `/`; empty if there is none.
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
    // On Windows, `c:x` is a path on another drive and `x:y` is a stream inside the file `x`.
    if text.contains(':') {
        return Some("has a colon");
    }
    if text.contains(char::is_control) {
        return Some("has a control character");
    }
    let first = text.split('/').next().unwrap_or_default();
    if first.eq_ignore_ascii_case(".ecrgen") {
        return Some("is in `.ecrgen`, the folder of the manifests");
    }
    text.split('/').find_map(component_fault)
}

fn component_fault(component: &str) -> Option<&'static str> {
    match component {
        "" => Some("has an empty component"),
        "." | ".." => Some("has a `.` or `..` component"),
        // git refuses to track a `.git` component at any depth.
        _ if component.eq_ignore_ascii_case(".git") => Some("is in `.git`"),
        // Windows drops trailing dots and spaces when it opens a file, so `.. ` becomes `..`.
        _ if component.ends_with(['.', ' ']) => Some("has a component that ends with a dot or a space"),
        _ if is_device(component) => Some("has a component that Windows reserves for a device, such as `nul` or `con`"),
        _ if component.len() > 255 => Some("has a component longer than 255 bytes"),
        _ => None,
    }
}

/// Whether Windows takes a file name for a device, with any extension (Microsoft Learn, "Naming Files, Paths, and
/// Namespaces").
pub(super) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_port = port
        .is_some_and(|number| number.chars().count() == 1 && number.contains(|c: char| "0123456789¹²³".contains(c)));
    is_port || ["con", "prn", "aux", "nul"].contains(&stem.as_str())
}

parsed_text!(RelPath, BadPath);

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the path {:?} {}", self.path, self.why)
    }
}

/// A path of the output folder, as the current folder sees it.
pub fn within(out: &Path, path: &str) -> String {
    if out == Path::new(".") { path.to_owned() } else { out.join(path).display().to_string() }
}
