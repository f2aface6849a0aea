//! A place in a file of the repository.

use serde::Serialize;

use super::Message;
use crate::escape::uri;
use crate::report::place::Place;

/// Finds the path of a file from the root of its git repository, with `/` between the names. GitHub shows a result only if its
/// path is that of a file of the repository, whatever folder ecrgen ran in.
pub type InRepository<'a> = dyn Fn(&str) -> String + 'a;

/// A place in a file, by the name that messages call the file.
#[derive(Clone, Copy)]
pub(in crate::report) struct At<'a> {
    pub file: &'a str,
    pub region: Region,
}

impl<'a> From<Place<'a>> for At<'a> {
    fn from(place: Place<'a>) -> At<'a> {
        let Place { file, line, column, end_line, end_column } = place;
        At { file, region: Region { start_line: line, start_column: column, end_line, end_column } }
    }
}

/// Another place, and a remark about it, which may be empty.
pub(in crate::report) struct Related<'a> {
    pub at: At<'a>,
    pub text: String,
}

/// Lines and columns start at 1, columns count characters, and the end is one past the last character.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct Region {
    pub start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Region {
    /// The start of a line.
    pub fn of_line(line: usize) -> Region {
        Region { start_line: line, start_column: 1, end_line: line, end_column: 1 }
    }
}

/// A place as SARIF has it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

/// A file by its address.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ArtifactLocation {
    uri: String,
}

/// An element of the spec.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogicalLocation {
    pub fully_qualified_name: String,
}

impl ArtifactLocation {
    /// The address of a path in the repository.
    pub fn of(path: &str) -> ArtifactLocation {
        ArtifactLocation { uri: uri::of_path(path) }
    }
}

impl Location {
    /// A region of a file, by its path in the repository.
    pub fn of(path: &str, region: Region) -> Location {
        let physical_location = PhysicalLocation { artifact_location: ArtifactLocation::of(path), region };
        Location { id: None, physical_location, logical_locations: Vec::new(), message: None }
    }
}
