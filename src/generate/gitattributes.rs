//! `.gitattributes`: the folder's files are generated, and end their lines in one way everywhere.

use super::Files;
use super::place::Place;
use crate::platform::Platform;

/// One for each folder of ours; a shared folder's belongs to the user.
pub fn files(platform: &Platform) -> Files<'_> {
    let mut places = vec![Place::root(platform)];
    places.extend(platform.workspace.as_ref().map(|_| Place::workspace(platform)));
    places.retain(|place| !place.is_shared());
    let file = move |place: Place| {
        let patterns = "*.tf linguist-generated eol=lf\n*.md linguist-generated eol=lf\n.gitattributes linguist-generated eol=lf\n";
        place.text(".gitattributes", patterns.into(), platform.root.span)
    };
    Box::new(places.into_iter().map(file))
}
