//! Changes to the output folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::{Builder, NamedTempFile, TempPath};

use super::Owner;
use super::path::folder_of;

/// The number of random letters and digits at the end of a temporary file's name.
const RANDOM: usize = 6;

/// Changes each file completely or not at all.
pub(super) struct Output<'o> {
    out: &'o Path,
    folders: BTreeSet<String>,
    prefix: String,
}

/// A text that is on disk but not yet at its path.
pub(super) struct Staged {
    temporary: TempPath,
    target: PathBuf,
}

impl<'o> Output<'o> {
    /// `folders` are those that exist and are not links.
    pub fn new(out: &'o Path, folders: BTreeSet<String>, owner: &Owner) -> Output<'o> {
        Output { out, folders, prefix: format!(".ecrgen-{owner}-") }
    }

    /// Removes the temporary files that a killed run of the same platform left in the folders.
    pub fn sweep(&self) -> anyhow::Result<()> {
        for folder in &self.folders {
            let cannot = || format!("cannot read {}", self.out.join(folder).display());
            for entry in fs::read_dir(self.out.join(folder)).with_context(cannot)? {
                let entry = entry.with_context(cannot)?;
                let is_file = entry.file_type().with_context(cannot)?.is_file();
                if is_file && entry.file_name().to_str().is_some_and(|name| self.is_temporary(name)) {
                    remove(&entry.path())?;
                }
            }
        }
        Ok(())
    }

    /// Creates the folder of a path.
    pub fn create_folder_of(&mut self, path: &str) -> anyhow::Result<()> {
        let folder = folder_of(path);
        if !self.folders.contains(folder) {
            let cannot = || format!("cannot write {}", self.out.join(path).display());
            fs::create_dir_all(self.out.join(folder)).with_context(cannot)?;
            self.folders.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Writes a text to a temporary file in the folder of its path, which must exist. The temporary file is removed
    /// unless it is [put in place](Staged::put).
    pub fn stage(&self, path: &str, text: &str) -> anyhow::Result<Staged> {
        let target = self.out.join(path);
        let cannot = || format!("cannot write {}", target.display());
        let mut file = self.temporary(&self.out.join(folder_of(path))).with_context(cannot)?;
        file.write_all(text.as_bytes()).with_context(cannot)?;
        Ok(Staged { temporary: file.into_temp_path(), target })
    }

    /// Writes a text to its path.
    pub fn put(&mut self, path: &str, text: &str) -> anyhow::Result<()> {
        self.create_folder_of(path)?;
        self.stage(path, text)?.put()
    }

    /// Writes a text to its path if nothing is there, not even a link.
    pub fn add(&mut self, path: &str, text: &str) -> anyhow::Result<()> {
        match fs::symlink_metadata(self.out.join(path)) {
            Err(error) if error.kind() == ErrorKind::NotFound => self.put(path, text),
            _ => Ok(()),
        }
    }

    /// Removes a file, which may already be missing.
    pub fn remove(&self, path: &str) -> anyhow::Result<()> {
        remove(&self.out.join(path))
    }

    /// Removes these folders and their parents as far as they are empty, but never the output folder itself.
    pub fn remove_empty_folders(&self, innermost: BTreeSet<&str>) {
        for mut folder in innermost {
            while !folder.is_empty() {
                // Removal fails if the folder is not empty. A folder that cannot be removed for another reason does no harm.
                if self.folders.contains(folder) && fs::remove_dir(self.out.join(folder)).is_err() {
                    break;
                }
                folder = folder_of(folder);
            }
        }
    }

    /// A temporary file with the permissions of an ordinary file (tempfile's default is 0600).
    fn temporary(&self, folder: &Path) -> std::io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(&self.prefix).rand_bytes(RANDOM);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(folder)
    }

    /// The random part has no hyphen, so files of another platform whose name begins with this one's do not match.
    fn is_temporary(&self, name: &str) -> bool {
        let random = name.strip_prefix(&self.prefix).unwrap_or_default();
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }
}

impl Staged {
    /// Renames the temporary file over the path.
    pub fn put(self) -> anyhow::Result<()> {
        let Staged { temporary, target } = self;
        temporary.persist(&target).with_context(|| format!("cannot write {}", target.display()))
    }
}

fn remove(file: &Path) -> anyhow::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", file.display()))
        }
        _ => Ok(()),
    }
}
