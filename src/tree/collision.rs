//! Pairs of files that cannot exist in the same output folder.

use std::collections::BTreeMap;
use std::fmt;

use super::{File, RelPath};
use crate::prose;
use crate::source::Span;

/// Two files that collide, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// How they collide.
    pub clash: Clash,
    /// The first file, with its origin in the spec.
    pub first: (RelPath, Span),
    /// The second file.
    pub second: (RelPath, Span),
}

/// How two paths collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// The paths are the same.
    SamePath,
    /// The paths differ only in letter case, which the file systems of macOS and Windows ignore.
    LetterCase,
    /// The first path is a folder on the path of the second.
    FolderOfOther,
}

impl Collision {
    /// All collisions among these files, which may belong to one tree or to several trees that share an output folder.
    pub fn among<'a>(files: impl IntoIterator<Item = &'a File>) -> Vec<Collision> {
        let mut collisions = Vec::new();
        let mut seen: BTreeMap<String, &File> = BTreeMap::new();
        for file in files {
            if let Some(earlier) = seen.insert(file.path.folded(), file) {
                let clash = if earlier.path == file.path { Clash::SamePath } else { Clash::LetterCase };
                collisions.push(Collision::between(clash, earlier, file));
            }
        }
        for (path, file) in &seen {
            let folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
            let taken = folders.filter_map(|folder| seen.get(folder));
            collisions.extend(taken.map(|outer| Collision::between(Clash::FolderOfOther, outer, file)));
        }
        collisions
    }

    fn between(clash: Clash, first: &File, second: &File) -> Collision {
        let place = |file: &File| (file.path.clone(), file.origin);
        Collision { clash, first: place(first), second: place(second) }
    }
}

impl Clash {
    /// What is wrong with several files that collide in this way.
    pub fn of_several(self, collisions: &[&Collision]) -> String {
        let (number, names) = (collisions.len(), |file: fn(&Collision) -> &RelPath| {
            prose::named(collisions.iter().map(|collision| file(collision).as_str()), prose::FEW_NAMED)
        });
        match self {
            Clash::SamePath => {
                format!("{number} files would be generated twice in the same place: {}", names(|c| &c.first.0))
            }
            Clash::LetterCase => format!(
                "{number} pairs of generated files differ only in letter case, which macOS and Windows ignore, for \
                 example `{}` and `{}`",
                collisions[0].first.0, collisions[0].second.0
            ),
            Clash::FolderOfOther => {
                format!("{number} generated files are in folders that are also files: {}", names(|c| &c.second.0))
            }
        }
    }
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = (&self.first.0, &self.second.0);
        match self.clash {
            Clash::SamePath => write!(f, "two generated files have the same path, `{first}`"),
            Clash::LetterCase => {
                write!(f, "`{first}` and `{second}` differ only in letter case, which macOS and Windows ignore")
            }
            Clash::FolderOfOther => write!(f, "`{first}` is both a generated file and the folder of `{second}`"),
        }
    }
}
