//! The output of a platform as a set of files: how it differs from the files on disk, and how it is written.
//!
//! ```text
//! drafts ─Tree::new→ Tree ─compare→ Comparison ─writable, write→ disk
//! ```
//!
//! Comparing only reads. Writing needs a comparison without [refusals](Refusal), so ecrgen never overwrites a file of the
//! user, and at any moment every file is either completely old or completely new.

mod collision;
mod comparison;
mod disk;
mod elsewhere;
mod header;
mod manifest;
mod memory;
pub mod module;
mod output;
mod owner;
mod path;
mod refusal;
mod text;
mod write;

use std::collections::BTreeSet;

pub use collision::{Clash, Collision};
pub use comparison::{Comparison, LeftAlone, Manifests, Orphan, State};
pub use elsewhere::elsewhere;
pub use header::Header;
pub use manifest::{FOLDER as MANIFESTS, Facts, Manifest, Record};
pub use module::{Module, Modules, Target, Values};
pub use owner::{BadOwner, Owner};
pub use path::{BadPath, RelPath, within};
pub use refusal::{Fault, Refusal};
pub use write::Writable;

use crate::source::Span;

/// A file as its generator produced it, still without the [`Header`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its path inside the output folder.
    pub path: RelPath,
    /// The text after the header, with LF line endings.
    pub body: String,
    /// The place in the spec that it is generated from.
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
    /// Its path inside the output folder.
    pub fn path(&self) -> &RelPath {
        &self.path
    }

    /// The whole text, including the header.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place in the spec that it is generated from.
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
    /// Adds the header to each draft, and lists the files in a manifest along with the resources whose loss hurts.
    ///
    /// # Errors
    /// All pairs of files that collide.
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

    /// The manifest that rendering this tree writes to `.ecrgen/`.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }
}
