//! `--base`: what is committed elsewhere, in a git revision or in another output folder.

mod against;
mod git;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::file;
use crate::tree::{MANIFESTS, Manifest, Owner};
pub use against::Against;
use git::Git;

/// What to compare with.
pub enum Base<'a> {
    /// Another output folder.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The output folder of the run, which takes its place.
        out: &'a Path,
    },
    /// A commit. `git` only reads: nothing in the commit is executed or checked out.
    Commit {
        /// Its hash.
        hash: String,
        /// The repository of the output folder.
        git: Git,
    },
}

/// An output that the base has.
pub struct BaseOutput {
    /// The same folder in the working tree.
    folder: PathBuf,
    /// The folder, as messages call it.
    shown: String,
    /// Its manifest.
    manifest: Manifest,
    /// The object of the manifest in git.
    object: String,
}

impl Base<'_> {
    /// Finds out what is meant.
    ///
    /// # Errors
    /// When the text is neither a revision that git knows nor an output folder, or both. When the output folder is in another
    /// repository than the current folder, because the author of a pull request can choose its revisions.
    pub fn of<'a>(base: &str, out: &'a Path) -> anyhow::Result<Base<'a>> {
        let folder = Path::new(base);
        // A path with one of these beginnings cannot be a revision.
        let is_path = [".", "/", "~"].iter().any(|beginning| base.starts_with(beginning));
        let git = Git::of(out);
        let commit = if is_path { None } else { git.commit(base)? };
        match (commit, folder.is_dir()) {
            (Some(_), true) => bail!(
                "--base {base:?} is both a git revision and a folder: write `./{base}` for the folder, or `refs/heads/{base}` \
                 for the branch"
            ),
            (Some(hash), false) => {
                match [out.to_owned(), out.join(MANIFESTS)].iter().find(|it| is_in_other_repository(it)) {
                    None => Ok(Base::Commit { hash, git }),
                    Some(folder) => bail!(
                        "--base {base:?}: the output folder {} is in another git repository than the current folder, such as a \
                     submodule; run ecrgen in that repository",
                        folder.display()
                    ),
                }
            }
            // A pull request can have a folder of this name, while the revision is missing in a shallow clone.
            (None, true) if !is_path && is_in_a_repository(out) => bail!(
                "--base {base:?}: git knows no such revision, and a folder is only meant by a path such as `./{base}`; in a shallow \
                 clone, fetch the revision first (with actions/checkout: `fetch-depth: 0`)"
            ),
            (None, true) if folder.join(MANIFESTS).is_dir() => Ok(Base::Folder { folder: folder.to_owned(), out }),
            (None, true) => bail!("--base {base:?}: the folder has no `{MANIFESTS}`; name the output folder in it"),
            (None, false) => bail!(
                "--base {base:?}: neither a git revision nor a folder; in a shallow clone, fetch the revision first (with \
                 actions/checkout: `fetch-depth: 0`)"
            ),
        }
    }

    /// The outputs of all platforms: those in the whole commit, or those in the folder.
    ///
    /// # Errors
    /// When a manifest cannot be read, or is damaged.
    fn outputs(&self) -> anyhow::Result<Vec<BaseOutput>> {
        match self {
            Base::Folder { folder, out } => {
                let here = file::real(out).unwrap_or_else(|| (*out).to_owned());
                let (shown, object) = (out.display().to_string(), String::new());
                let output = |manifest| BaseOutput {
                    folder: here.clone(),
                    shown: shown.clone(),
                    manifest,
                    object: object.clone(),
                };
                Ok(Manifest::all_in(folder)?.into_iter().map(output).collect())
            }
            Base::Commit { hash, git } => git.outputs_of(hash),
        }
    }

    /// The folders with manifests, and their platforms, in the working tree that a commit is compared with.
    ///
    /// # Errors
    /// When git fails.
    fn outputs_here(&self) -> anyhow::Result<BTreeSet<(PathBuf, Owner)>> {
        match self {
            Base::Folder { .. } => Ok(BTreeSet::new()),
            Base::Commit { git, .. } => git.outputs_here(),
        }
    }
}

/// Whether an output folder is in a git repository.
fn is_in_a_repository(out: &Path) -> bool {
    let Ok(absolute) = std::path::absolute(out) else { return false };
    file::repository_of(&file::existing(out).unwrap_or(absolute)).is_some()
}

/// Whether an output folder below the current folder belongs to another repository: a submodule, or the target of a link.
/// Both can come from a pull request.
fn is_in_other_repository(out: &Path) -> bool {
    let Some(here) = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok()) else { return false };
    let Ok(absolute) = std::path::absolute(out) else { return false };
    let current = file::repository_of(&here);
    let is_below = absolute.starts_with(std::env::current_dir().unwrap_or(here));
    is_below && current.is_some() && current != file::repository_of(&file::existing(out).unwrap_or(absolute))
}
