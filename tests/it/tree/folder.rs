//! A folder that is deleted after the test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use ecrgen::tree::{RelPath, State, Tree};
use tempfile::TempDir;

pub struct Folder {
    dir: TempDir,
}

/// What is at a path. The times distinguish a file that was written again from one that was not touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    kind: fs::FileType,
    bytes: Vec<u8>,
    permissions: fs::Permissions,
    modified: SystemTime,
}

/// What a write did.
pub struct Written {
    pub written: Vec<RelPath>,
    pub removed: Vec<RelPath>,
}

impl Folder {
    pub fn new() -> Folder {
        Folder { dir: TempDir::new().unwrap() }
    }

    /// A folder in memory, if possible: on a disk, replacing a file shortly after writing it is slow.
    pub fn in_memory() -> Folder {
        Folder { dir: TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Writes a file and creates its folders.
    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Compares and writes.
    pub fn write(&self, tree: &Tree) -> Written {
        write(self.path(), tree)
    }

    /// Every file and folder in it, including the folder itself (as ""), with everything that a write would change.
    pub fn snapshot(&self) -> BTreeMap<String, Entry> {
        snapshot(self.path())
    }

    /// The paths of all files and of empty folders (with a `/` at the end), sorted, without the git attributes of manifests.
    pub fn listing(&self) -> Vec<String> {
        listing(self.path())
    }
}

pub fn write(out: &Path, tree: &Tree) -> Written {
    let comparison = tree.compare(out).unwrap();
    assert_eq!(comparison.refusals, []);
    comparison.writable().unwrap().write().unwrap();
    let changed = comparison.files.iter().filter(|(_, state)| *state != State::Same);
    Written {
        written: changed.map(|(file, _)| file.path().clone()).collect(),
        removed: comparison.orphans.iter().map(|orphan| orphan.path.clone()).collect(),
    }
}

pub fn snapshot(top: &Path) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    for path in walk(top) {
        let found = fs::symlink_metadata(&path).unwrap();
        let bytes = if found.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        let entry = Entry {
            kind: found.file_type(),
            bytes,
            permissions: found.permissions(),
            modified: found.modified().unwrap(),
        };
        entries.insert(relative(top, &path), entry);
    }
    entries
}

pub fn listing(top: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for path in walk(top) {
        let empty_folder = path.is_dir() && !path.is_symlink() && fs::read_dir(&path).unwrap().next().is_none();
        if empty_folder && path != top {
            names.push(relative(top, &path) + "/");
        } else if !path.is_dir() || path.is_symlink() {
            names.push(relative(top, &path));
        }
    }
    names.retain(|name| !name.ends_with(".ecrgen/.gitattributes"));
    names.sort();
    names
}

fn relative(top: &Path, path: &Path) -> String {
    path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/")
}

fn walk(path: &Path) -> Vec<PathBuf> {
    let mut found = vec![path.to_owned()];
    if path.is_dir() && !path.is_symlink() {
        for entry in fs::read_dir(path).unwrap() {
            found.extend(walk(&entry.unwrap().path()));
        }
    }
    found
}

/// A small file system in memory, if the test is allowed to mount one (Linux, root).
pub struct Mount {
    dir: TempDir,
}

impl Mount {
    /// `None`, with a message, if mounting is not permitted.
    pub fn of_size(kilobytes: usize) -> Option<Mount> {
        let dir = TempDir::new().unwrap();
        if mount(&["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"], dir.path()) {
            return Some(Mount { dir });
        }
        crate::harness::skipped("mounting a tmpfs is not permitted");
        None
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Changes an option, for example `ro`.
    pub fn remount(&self, option: &str) {
        assert!(mount(&["-o", &format!("remount,{option}")], self.path()));
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "{} is still mounted", self.path().display());
    }
}

fn mount(arguments: &[&str], at: &Path) -> bool {
    Command::new("mount").args(arguments).arg(at).output().is_ok_and(|output| output.status.success())
}
