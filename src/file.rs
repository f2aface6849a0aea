//! The only room that reads files: regular files, never more bytes than expected, and never outside of a boundary.
//!
//! Specs, manifests and listings come from pull requests. A link in a repository can lead to any file of the machine, and
//! a device or pipe behind it has no end. Therefore nothing else in ecrgen opens a file to read it.

use std::fs::{self, File};
use std::io::{Error, Read, Result};
use std::path::{Component, Path, PathBuf};

/// Opens a regular file. Links are not followed.
///
/// # Errors
/// When it is a link, a folder, a device, a pipe or a socket, or cannot be opened.
pub fn open(path: &Path) -> Result<File> {
    // Before opening, because opening a pipe waits for a writer, and some devices act when they are opened.
    let found = fs::symlink_metadata(path)?.file_type();
    if found.is_symlink() {
        return Err(Error::other("it is a symbolic link"));
    }
    if found.is_dir() {
        return Err(Error::other("it is a folder"));
    }
    let not_regular = || Error::other("it is not a regular file");
    if !found.is_file() {
        return Err(not_regular());
    }
    // And after opening, because the path may have changed meanwhile.
    let file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
}

/// Opens a file that the command line names: a pipe of the shell (`<(command)`), or a regular file in the repository of the
/// path.
///
/// # Errors
/// As [`Boundary::resolve`] and [`open`].
pub fn open_named(named: &Path) -> Result<File> {
    let pipes = ["/dev/fd", "/proc/self/fd", "/dev/stdin"];
    match pipes.iter().any(|pipe| named.starts_with(pipe)) {
        true => File::open(named),
        false => open(&Boundary::around([named]).resolve(named)?),
    }
}

/// The bytes of a regular file. The size is limited while reading: files in `/proc` have the size 0 and no end.
///
/// # Errors
/// As [`open`], and when the file has more than `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>> {
    bounded(open(path)?, limit)
}

/// The bytes of a stream with at most `limit` bytes.
///
/// # Errors
/// When the stream has more bytes, or cannot be read.
pub fn bounded(mut stream: impl Read, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_into(&mut stream, limit, &mut bytes)?;
    Ok(bytes)
}

/// As [`bounded`], into a buffer.
///
/// # Errors
/// As [`bounded`].
pub fn read_into(stream: &mut impl Read, limit: u64, bytes: &mut Vec<u8>) -> Result<()> {
    stream.take(limit.saturating_add(1)).read_to_end(bytes)?;
    match bytes.len() as u64 > limit {
        true => Err(Error::other(format!("it has more than {limit} bytes"))),
        false => Ok(()),
    }
}

/// Locks a folder for this process, until the result is dropped. Waits as long as another process holds the lock. `None` if
/// the folder does not exist or cannot be locked, as on Windows.
pub fn lock(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// The folders that the files of a run can be in: the git repositories of the paths on the command line.
#[derive(Clone, Debug, Default)]
pub struct Boundary {
    roots: Vec<PathBuf>,
}

impl Boundary {
    /// The boundary of paths on the command line. Without git, it is the folder of each path.
    pub fn around<'p>(named: impl IntoIterator<Item = &'p Path>) -> Boundary {
        Boundary { roots: named.into_iter().filter_map(root_of).collect() }
    }

    /// The boundary that is one folder.
    ///
    /// # Errors
    /// When the folder does not exist.
    pub fn of_folder(folder: &Path) -> Result<Boundary> {
        Ok(Boundary { roots: vec![fs::canonicalize(or_current(folder))?] })
    }

    /// The file behind a path, with all links resolved.
    ///
    /// # Errors
    /// When the path, as it is written or with its links resolved, leads out of the boundary or into a `.git` folder, which
    /// can hold credentials. Nothing outside of the boundary is opened. When the path does not exist.
    pub fn resolve(&self, path: &Path) -> Result<PathBuf> {
        self.judge_text(path)?;
        let resolved = fs::canonicalize(path)?;
        match self.roots.iter().find_map(|root| resolved.strip_prefix(root).ok()) {
            Some(below) if !is_of_git(below) => Ok(resolved),
            Some(_) => Err(Error::other("it is in `.git`, which can hold credentials")),
            None => Err(Error::other("it is a link to a place outside of the repository")),
        }
    }

    /// Refuses a path that leaves the boundary as it is written, so that not even its existence is revealed.
    fn judge_text(&self, path: &Path) -> Result<()> {
        let (kept, rest) = at_first_return(path);
        // A missing folder is reported when the path is resolved.
        let Ok(mut written) = fs::canonicalize(or_current(&kept)) else { return Ok(()) };
        for component in rest.components() {
            match component {
                Component::ParentDir => drop(written.pop()),
                other => written.push(other),
            }
        }
        let is_inside = self.roots.iter().any(|root| written.starts_with(root));
        // Without `..`, only a link can lead out of the boundary.
        match is_inside || !path.components().any(|component| component == Component::ParentDir) {
            true => Ok(()),
            false => Err(Error::other("it is outside of the repository")),
        }
    }
}

/// A path, divided before the first `..` that follows a name. Without one, the rest is the last component.
fn at_first_return(path: &Path) -> (PathBuf, PathBuf) {
    let components: Vec<Component> = path.components().collect();
    let named = components.iter().position(|component| matches!(component, Component::Normal(_)));
    let named = named.unwrap_or(components.len());
    let after = components[named..].iter().position(|component| *component == Component::ParentDir);
    let at = after.map_or(components.len().saturating_sub(1), |after| named + after);
    (components[..at].iter().collect(), components[at..].iter().collect())
}

fn is_of_git(below: &Path) -> bool {
    below.components().any(|component| component.as_os_str().eq_ignore_ascii_case(".git"))
}

fn or_current(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// The git repository of a path on the command line, or else its folder; `None` if the folder does not exist.
///
/// If the current folder is in a repository, a path below it belongs to that repository: a link on the way to the file can
/// come from a pull request.
fn root_of(named: &Path) -> Option<PathBuf> {
    let is_below = named.components().all(|component| matches!(component, Component::Normal(_) | Component::CurDir));
    let current = || fs::canonicalize(".").ok().and_then(|current| repository_of(&current));
    if let Some(root) = is_below.then(current).flatten() {
        return Some(root);
    }
    let folder = fs::canonicalize(or_current(named.parent()?)).ok()?;
    Some(repository_of(&folder).unwrap_or(folder))
}

/// A folder without links, or the nearest folder above it if it does not exist.
pub fn existing(folder: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(folder).ok()?;
    absolute.ancestors().find_map(|folder| fs::canonicalize(folder).ok())
}

/// A folder without links, as far as it exists.
pub fn real(folder: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(folder).ok()?;
    let of = |above: &Path| Some(fs::canonicalize(above).ok()?.join(absolute.strip_prefix(above).ok()?));
    absolute.ancestors().find_map(of)
}

/// The root of the git repository of an absolute path: the innermost folder with a `.git`, which is a file in worktrees and
/// submodules.
pub fn repository_of(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

/// The path of a file from the root of its git repository, with all links resolved. The file does not have to exist. `None`
/// if it is in no repository.
pub fn in_repository(path: &Path) -> Option<PathBuf> {
    let exists = |ancestor: &&Path| fs::canonicalize(or_current(ancestor)).is_ok();
    let existing = path.ancestors().find(exists)?;
    let missing = path.strip_prefix(existing).ok()?;
    let resolved = fs::canonicalize(or_current(existing)).ok()?.join(missing);
    // Joining nothing appends a slash.
    let resolved: PathBuf = resolved.components().collect();
    let root = repository_of(resolved.parent()?)?;
    Some(resolved.strip_prefix(root).ok()?.to_owned())
}
