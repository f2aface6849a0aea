//! Which value of the spec decides about a line of a generated file.

use std::collections::BTreeMap;

use crate::generate::{self, Content};
use crate::language::key_places::path_of;
use crate::platform::Platform;
use crate::policies::emit;
use crate::source::{Sources, Span};
use crate::terraform;
use crate::tree::RelPath;

/// A line of a generated file.
pub struct LineOf<'t> {
    /// The text of the file.
    pub text: &'t str,
    /// The line, counted from 1.
    pub line: usize,
}

/// Where a line of a generated file comes from.
pub struct LineOrigin {
    /// The place of the value in the spec.
    pub span: Span,
    /// The keys that lead to the value, such as `repository_defaults.retention`.
    pub path: Option<String>,
}

/// The value that decides about a line of each file, as far as it is known. The files are generated again, because a
/// compilation keeps only their texts.
pub fn origins(
    platforms: &[Vec<Platform>],
    lines: &BTreeMap<&RelPath, LineOf<'_>>,
    sources: &Sources,
) -> BTreeMap<RelPath, LineOrigin> {
    let mut places: BTreeMap<RelPath, Span> = BTreeMap::new();
    if lines.is_empty() {
        return BTreeMap::new();
    }
    for platform in platforms.iter().flatten() {
        let found = generate::generate(&emit(platform), |file| {
            let LineOf { text, line } = lines.get(&file.path)?;
            let Content::Hcl(body) = &file.content else { return None };
            let origin = terraform::origin_of_line(body, text, *line);
            Some((file.path.clone(), origin.unwrap_or(file.origin)))
        });
        places.extend(found.into_iter().flatten());
    }
    let paths = path_of(sources, places.values().copied());
    let origin = |(path, span): (RelPath, Span)| (path, LineOrigin { span, path: paths.get(&span).cloned() });
    places.into_iter().map(origin).collect()
}
