//! The output folder as it is on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};

use super::path::folder_of;
use super::{Fault, State};
use crate::file;

/// The largest file that is compared, in bytes. Generated files are far smaller.
const MAX_FILE: u64 = 64 << 20;

/// Looks at paths one after another, and at each folder only once.
pub(super) struct Disk<'o> {
    out: &'o Path,
    folders: BTreeMap<String, Folder>,
    buffer: Vec<u8>,
}

/// A folder on the path to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    Present,
    Absent,
    Blocked(Obstacle),
}

/// Something that ecrgen must not overwrite or write through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Obstacle {
    pub path: String,
    pub fault: Fault,
}

impl<'o> Disk<'o> {
    /// # Errors
    /// When `out` exists and is not a folder.
    pub fn at(out: &'o Path) -> anyhow::Result<Disk<'o>> {
        let top = match fs::metadata(out) {
            Ok(found) if found.is_dir() => Folder::Present,
            Ok(_) => bail!("{} is not a folder", out.display()),
            Err(error) if error.kind() == ErrorKind::NotFound => Folder::Absent,
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", out.display())),
        };
        Ok(Disk { out, folders: BTreeMap::from([(String::new(), top)]), buffer: Vec::new() })
    }

    /// A copy with the same knowledge, for use on another thread.
    pub fn again(&self) -> Disk<'o> {
        Disk { out: self.out, folders: self.folders.clone(), buffer: Vec::new() }
    }

    /// Adds what a copy has learned.
    pub fn learn(&mut self, other: Disk<'o>) {
        self.folders.extend(other.folders);
    }

    /// How the file at a path compares with a text, or what blocks the path.
    pub fn look(&mut self, path: &str, text: &str) -> anyhow::Result<Result<State, Obstacle>> {
        match self.folder(folder_of(path))? {
            Folder::Present => {}
            Folder::Absent => return Ok(Ok(State::Missing)),
            Folder::Blocked(obstacle) => return Ok(Err(obstacle)),
        }
        let obstacle = |fault| Ok(Err(Obstacle { path: path.to_owned(), fault }));
        match self.kind(path)? {
            None => return Ok(Ok(State::Missing)),
            Some(kind) if kind.is_symlink() => return obstacle(Fault::SymbolicLink),
            Some(kind) if kind.is_dir() => return obstacle(Fault::Folder),
            // Opening a pipe would wait for a writer.
            Some(kind) if !kind.is_file() => return obstacle(Fault::NotAFile),
            Some(_) => {}
        }
        self.read(path)?;
        Ok(Ok(if self.buffer == text.as_bytes() {
            State::Same
        } else {
            State::Differs { on_disk: String::from_utf8_lossy(&self.buffer).into_owned() }
        }))
    }

    /// Whether a folder exists. The empty path is the output folder itself.
    pub fn folder(&mut self, path: &str) -> anyhow::Result<Folder> {
        if let Some(known) = self.folders.get(path) {
            return Ok(known.clone());
        }
        let folder = match self.folder(folder_of(path))? {
            Folder::Present => match self.kind(path)? {
                None => Folder::Absent,
                Some(kind) if kind.is_dir() => Folder::Present,
                Some(kind) => {
                    let fault = if kind.is_symlink() { Fault::SymbolicLink } else { Fault::NotAFolder };
                    Folder::Blocked(Obstacle { path: path.to_owned(), fault })
                }
            },
            beyond => beyond,
        };
        self.folders.insert(path.to_owned(), folder.clone());
        Ok(folder)
    }

    /// The names of the files and folders in a folder, sorted. Empty if the folder does not exist.
    pub fn files_of(&mut self, folder: &str) -> anyhow::Result<Vec<String>> {
        if self.folder(folder)? != Folder::Present {
            return Ok(Vec::new());
        }
        let cannot = || format!("cannot read {}", self.out.join(folder).display());
        let mut names = Vec::new();
        for entry in fs::read_dir(self.out.join(folder)).with_context(cannot)? {
            names.extend(entry.with_context(cannot)?.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Whether two paths are the same file because the file system ignores letter case.
    pub fn is_one_file(&self, one: &str, other: &str) -> bool {
        let find = |path| fs::symlink_metadata(self.out.join(path));
        match (find(one), find(other)) {
            (Ok(one), Ok(other)) => identity(&one) == identity(&other),
            _ => false,
        }
    }

    /// The folders that were looked at and exist.
    pub fn into_folders(self) -> BTreeSet<String> {
        self.folders.into_iter().filter(|(_, folder)| *folder == Folder::Present).map(|(path, _)| path).collect()
    }

    fn kind(&self, path: &str) -> anyhow::Result<Option<fs::FileType>> {
        match fs::symlink_metadata(self.out.join(path)) {
            Ok(found) => Ok(Some(found.file_type())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", self.out.join(path).display())),
        }
    }

    fn read(&mut self, path: &str) -> anyhow::Result<()> {
        let path = self.out.join(path);
        self.buffer.clear();
        file::open(&path)
            .and_then(|mut file| file::read_into(&mut file, MAX_FILE, &mut self.buffer))
            .with_context(|| format!("cannot read {}", path.display()))?;
        Ok(())
    }
}

#[cfg(unix)]
fn identity(file: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (file.dev(), file.ino())
}

/// Where the standard library has no file numbers, two paths that differ only in letter case count as the same file.
#[cfg(not(unix))]
fn identity(_: &fs::Metadata) {}
