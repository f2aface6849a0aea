//! One result: what is wrong, where, and how to fix it.

use serde::Serialize;
use serde_json::{Value, json};

use super::location::{ArtifactLocation, At, Location, Region, Related};
use super::{Message, Rule};
use crate::diagnostic::Severity;

/// A result before it is written: what GitHub calls an alert.
pub(in crate::report) struct Alert<'a> {
    pub rule: Rule,
    pub severity: Severity,
    /// Lines of text.
    pub message: String,
    pub at: At<'a>,
    /// The path of the element of the spec; may be empty.
    pub element: &'a str,
    pub related: Vec<Related<'a>>,
    /// The fingerprint of the first line of `at`. Without one, GitHub's upload action computes it.
    pub fingerprint: Option<String>,
    pub fix: Option<Change<'a>>,
}

/// A fix that a program can apply.
pub(in crate::report) struct Change<'a> {
    pub message: &'a str,
    /// Whether it can be applied without review.
    pub is_safe: bool,
    /// The places to replace, and the new text of each.
    pub replacements: Vec<(At<'a>, &'a str)>,
}

/// A result as SARIF has it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult {
    pub rule_id: &'static str,
    pub rule_index: usize,
    pub level: String,
    pub message: Message,
    pub locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_fingerprints: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<[Fix; 1]>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fix {
    description: Message,
    artifact_changes: Vec<ArtifactChange>,
    properties: Value,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

/// The new text is for programs, so it is as it is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Value,
}

impl Fix {
    /// The changes of each file, whose path in the repository is what `path` returns.
    pub fn of(change: &Change, path: impl Fn(&str) -> String) -> Fix {
        let mut files: Vec<(&str, Vec<Replacement>)> = Vec::new();
        for (At { file, region }, text) in &change.replacements {
            let replacement = Replacement { deleted_region: *region, inserted_content: json!({ "text": text }) };
            match files.iter_mut().find(|(other, _)| other == file) {
                Some((_, replacements)) => replacements.push(replacement),
                None => files.push((file, vec![replacement])),
            }
        }
        let change_of = |(file, replacements): (&str, Vec<Replacement>)| ArtifactChange {
            artifact_location: ArtifactLocation::of(&path(file)),
            replacements,
        };
        Fix {
            description: Message::of(change.message),
            artifact_changes: files.into_iter().map(change_of).collect(),
            properties: json!({ "safe": change.is_safe }),
        }
    }
}
