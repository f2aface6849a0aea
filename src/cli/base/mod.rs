//! `--base`: what is committed elsewhere, in a git revision or in another output folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, bail};

use crate::tree::{MANIFESTS, Manifest, Owner};

/// What to compare with.
pub enum Base<'a> {
    /// Another output folder.
    Folder(PathBuf),
    /// A commit, and the output folder in it. `git` only reads: nothing in the commit is executed or checked out.
    Commit {
        /// Its hash.
        hash: String,
        /// The output folder in the working tree.
        out: &'a Path,
    },
}

impl Base<'_> {
    /// Finds out what is meant.
    ///
    /// # Errors
    /// When the text is neither a revision that git knows nor an output folder, or both.
    pub fn of<'a>(base: &str, out: &'a Path) -> anyhow::Result<Base<'a>> {
        let folder = Path::new(base);
        // A path with one of these beginnings cannot be a revision.
        let is_path = [".", "/", "~"].iter().any(|beginning| base.starts_with(beginning));
        let commit = if is_path { None } else { commit(base, out)? };
        match (commit, folder.is_dir()) {
            (Some(_), true) => bail!(
                "--base {base:?} is both a git revision and a folder: write `./{base}` for the folder, or `refs/heads/{base}` \
                 for the branch"
            ),
            (Some(hash), false) => Ok(Base::Commit { hash, out }),
            (None, true) if folder.join(MANIFESTS).is_dir() => Ok(Base::Folder(folder.to_owned())),
            (None, true) => bail!("--base {base:?}: the folder has no `{MANIFESTS}`; name the output folder in it"),
            (None, false) => bail!(
                "--base {base:?}: neither a git revision nor a folder; in a shallow clone, fetch the revision first (with \
                 actions/checkout: `fetch-depth: 0`)"
            ),
        }
    }

    /// The manifests of all platforms.
    ///
    /// # Errors
    /// When one of them cannot be read, or is damaged.
    pub fn manifests(&self) -> anyhow::Result<Vec<Manifest>> {
        match self {
            Base::Folder(folder) => Manifest::all_in(folder),
            Base::Commit { hash, out } => {
                let listed = text(git(out, &["ls-tree", "--name-only", hash, "--", &format!("{MANIFESTS}/")])?)?;
                let platforms = listed.lines().filter_map(|path| path.rsplit('/').next()?.strip_suffix(".json"));
                let owners = platforms.filter_map(|platform| Owner::parse(platform).ok());
                owners.map(|owner| of_commit(hash, out, &owner)).collect()
            }
        }
    }
}

fn of_commit(hash: &str, out: &Path, owner: &Owner) -> anyhow::Result<Manifest> {
    let path = Manifest::path(owner);
    let shown = text(git(out, &["cat-file", "blob", &format!("{hash}:./{path}")])?)?;
    let manifest = Manifest::from_json(&shown).with_context(|| format!("{path} is damaged in {hash}"))?;
    if manifest.platform() != owner {
        bail!("{path} is the manifest of platform {} in {hash}", manifest.platform());
    }
    Ok(manifest)
}

/// The hash of the commit that a text names.
fn commit(base: &str, out: &Path) -> anyhow::Result<Option<String>> {
    let revision = format!("{base}^{{commit}}");
    let found = git(out, &["rev-parse", "--quiet", "--verify", "--end-of-options", &revision]);
    match found {
        Ok(found) if found.status.success() => Ok(Some(String::from_utf8_lossy(&found.stdout).trim().to_owned())),
        Ok(_) => Ok(None),
        // Without git, a folder can still be the base.
        Err(_) if Path::new(base).is_dir() => Ok(None),
        Err(error) => Err(error),
    }
}

fn text(output: Output) -> anyhow::Result<String> {
    if !output.status.success() {
        bail!("--base: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).context("--base: git printed something that is not UTF-8")
}

fn git(out: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
    let folder = if out.as_os_str().is_empty() { Path::new(".") } else { out };
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    output.context("--base needs the program `git`, or a folder")
}
