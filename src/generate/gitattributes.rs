//! `.gitattributes`: a folder's files are generated, and end their lines in one way everywhere.

use super::file::Generated;
use super::place::Place;
use crate::source::Span;

/// The file of a folder.
pub(super) fn file(place: &Place, origin: Span) -> Generated {
    let patterns =
        "*.tf linguist-generated eol=lf\n*.md linguist-generated eol=lf\n.gitattributes linguist-generated eol=lf\n";
    place.text(".gitattributes", patterns.into(), origin)
}
