//! `.gitattributes`: marks a folder's files as generated and gives them LF line endings on every system.

use super::file::Generated;
use super::place::Place;
use crate::source::Span;

/// The file of a folder.
pub(super) fn file(place: &Place, origin: Span) -> Generated {
    let patterns = "*.tf eol=lf\n*.md linguist-generated eol=lf\n.gitattributes linguist-generated eol=lf\n";
    place.text(".gitattributes", patterns.into(), origin)
}
