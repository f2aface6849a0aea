//! A set of files: what a platform's output is to be, how it differs from what lies on the disk, and the writing of it.
//!
//! ```text
//! drafts ─Tree::new→ Tree ─compare→ Comparison ─writable, write→ disk
//! ```
//!
//! Comparing only reads. Writing takes a comparison without [refusals](Refusal), so that nothing of the user's is ever
//! overwritten, and leaves every file wholly old or wholly new at any moment.

mod collision;
mod comparison;
mod disk;
mod header;
mod manifest;
mod module;
mod output;
mod owner;
mod path;
mod refusal;
mod text;
mod write;

use std::collections::BTreeSet;

pub use collision::{Clash, Collision};
pub use comparison::{Comparison, Orphan, State};
pub use header::Header;
pub use manifest::{Facts, Manifest, Record};
pub use module::{Module, Modules, Target, Values};
pub use owner::{BadOwner, Owner};
pub use path::{BadPath, RelPath};
pub use refusal::{Fault, Refusal};
pub use write::Writable;

use crate::source::Span;

/// A file as its generator made it: the [`Header`] is still missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where it goes.
    pub path: RelPath,
    /// What follows the header, with LF line ends.
    pub body: String,
    /// The place in the spec that it comes from.
    pub origin: Span,
}

/// A finished file: its first line is the [`Header`] of its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    path: RelPath,
    text: String,
    origin: Span,
}

impl File {
    /// Where it goes.
    pub fn path(&self) -> &RelPath {
        &self.path
    }

    /// All of it, header included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place in the spec that it comes from.
    pub fn origin(&self) -> Span {
        self.origin
    }
}

/// All files of one platform, sorted by path, and the manifest that lists them.
#[derive(Clone, Debug)]
pub struct Tree {
    files: Vec<File>,
    manifest: Manifest,
}

impl Tree {
    /// Puts the header on each draft and lists them in a manifest, with the resources whose loss hurts.
    ///
    /// # Errors
    /// All pairs of files that cannot lie side by side.
    pub fn new(owner: Owner, drafts: Vec<Draft>, modules: Modules) -> Result<Tree, Vec<Collision>> {
        let header = Header { platform: owner.as_str() };
        let mut files: Vec<File> = drafts
            .into_iter()
            .map(|Draft { path, body: mut text, origin }| {
                header.put_on(&path, &mut text);
                File { path, text, origin }
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let collisions = Collision::among(&files);
        if !collisions.is_empty() {
            return Err(collisions);
        }
        let paths: BTreeSet<RelPath> = files.iter().map(|file| file.path.clone()).collect();
        Ok(Tree { files, manifest: Manifest::new(owner, paths, modules) })
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// What this tree's render leaves in `.ecrgen/`.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }
}
