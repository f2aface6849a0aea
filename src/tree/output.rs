//! The output folder as it changes.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::{Builder, NamedTempFile, TempPath};

use super::Owner;
use super::path::folder_of;

/// How many random letters and digits end a temporary file's name.
const RANDOM: usize = 6;

/// Changes each file wholly or not at all.
pub(super) struct Output<'o> {
    out: &'o Path,
    folders: BTreeSet<String>,
    prefix: String,
}

/// A text that is on the disk but not yet in its place.
pub(super) struct Staged {
    temporary: TempPath,
    target: PathBuf,
}

impl<'o> Output<'o> {
    /// `folders` are those that exist and are no links.
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

    /// Makes the folder of a path.
    pub fn make_folder_of(&mut self, path: &str) -> anyhow::Result<()> {
        let folder = folder_of(path);
        if !self.folders.contains(folder) {
            let cannot = || format!("cannot write {}", self.out.join(path).display());
            fs::create_dir_all(self.out.join(folder)).with_context(cannot)?;
            self.folders.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Writes a text to a temporary file beside its path, where the folder is there; it goes again unless it is
    /// [put in place](Staged::put).
    pub fn stage(&self, path: &str, text: &str) -> anyhow::Result<Staged> {
        let target = self.out.join(path);
        let cannot = || format!("cannot write {}", target.display());
        let mut file = self.temporary(&self.out.join(folder_of(path))).with_context(cannot)?;
        file.write_all(text.as_bytes()).with_context(cannot)?;
        Ok(Staged { temporary: file.into_temp_path(), target })
    }

    /// Writes a text to its path.
    pub fn put(&mut self, path: &str, text: &str) -> anyhow::Result<()> {
        self.make_folder_of(path)?;
        self.stage(path, text)?.put()
    }

    /// Removes a file; it may be gone already.
    pub fn remove(&self, path: &str) -> anyhow::Result<()> {
        remove(&self.out.join(path))
    }

    /// Removes these folders and those around them as far as they are empty; never the output folder itself.
    pub fn remove_empty_folders(&self, innermost: BTreeSet<&str>) {
        for mut folder in innermost {
            while !folder.is_empty() {
                // One that is not empty says so by failing; one that cannot be removed otherwise does no harm.
                if self.folders.contains(folder) && fs::remove_dir(self.out.join(folder)).is_err() {
                    break;
                }
                folder = folder_of(folder);
            }
        }
    }

    /// A temporary file with the permissions of an ordinary one (tempfile's own are 0600).
    fn temporary(&self, folder: &Path) -> std::io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(&self.prefix).rand_bytes(RANDOM);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(folder)
    }

    /// The random part has no hyphen, so another platform whose name begins with ours is not meant.
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
