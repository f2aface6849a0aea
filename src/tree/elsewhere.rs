//! Another output folder with the manifest of a platform.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Manifest, Owner};
use crate::file;

/// Most folders that are looked at. A repository with more of them usually holds the files of other programs.
const MOST_FOLDERS: usize = 10_000;

/// The folder with a manifest of this platform in the git repository of `out`, relative to the top of the repository. Hidden
/// folders, links and other repositories are left out, and so is `out` itself.
pub fn elsewhere(out: &Path, owner: &Owner) -> Option<PathBuf> {
    let out = file::existing(out)?;
    let top = file::repository_of(&out)?;
    let manifest = Manifest::path(owner);
    let holds =
        |folder: &Path| folder != out && fs::symlink_metadata(folder.join(&manifest)).is_ok_and(|it| it.is_file());
    let mut folders = VecDeque::from([top.clone()]);
    for _ in 0..MOST_FOLDERS {
        let folder = folders.pop_front()?;
        if holds(&folder) {
            return folder.strip_prefix(&top).ok().map(Path::to_owned);
        }
        folders.extend(folders_in(&folder));
    }
    None
}

/// Sorted, so that the answer does not depend on the file system.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let visible = folders.filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."));
    let mut folders: Vec<PathBuf> =
        visible.map(|entry| entry.path()).filter(|folder| !folder.join(".git").exists()).collect();
    folders.sort_unstable();
    folders
}
