//! `--base`: what is committed elsewhere, in a git revision or in another folder.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, bail};

use crate::tree::{Manifest, Owner};

/// The manifest of a platform as a git revision, or another folder, has it; `None` if it has none.
///
/// Runs `git`, which only reads. Nothing in the revision is executed or checked out.
///
/// # Errors
/// When `base` is neither a folder nor a revision that git knows, when git is missing, or when the manifest is damaged.
pub fn manifest(base: &str, out: &Path, owner: &Owner) -> anyhow::Result<Option<Manifest>> {
    let folder = Path::new(base);
    if folder.is_dir() {
        return Manifest::read(folder, owner);
    }
    let commit = git(out, &["rev-parse", "--quiet", "--verify", "--end-of-options", &format!("{base}^{{commit}}")])?;
    if !commit.status.success() {
        bail!(
            "--base {base}: neither a folder nor a git revision known here; in a shallow clone, fetch it first (with \
             actions/checkout: `fetch-depth: 0`)"
        );
    }
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
    let path = Manifest::path(owner);
    let listed = git(out, &["ls-tree", "--name-only", &commit, "--", &path])?;
    if !listed.status.success() {
        bail!("--base {base}: {}", String::from_utf8_lossy(&listed.stderr).trim());
    }
    if listed.stdout.is_empty() {
        return Ok(None);
    }
    let shown = git(out, &["cat-file", "blob", &format!("{commit}:./{path}")])?;
    if !shown.status.success() {
        bail!("--base {base}: {}", String::from_utf8_lossy(&shown.stderr).trim());
    }
    let text = String::from_utf8(shown.stdout).with_context(|| format!("{base}:{path} is not UTF-8"))?;
    let manifest = Manifest::from_json(&text).with_context(|| format!("{base}:{path} is damaged"))?;
    if manifest.platform() != owner {
        bail!("{base}:{path} is the manifest of platform {}", manifest.platform());
    }
    Ok(Some(manifest))
}

fn git(out: &Path, arguments: &[&str]) -> anyhow::Result<Output> {
    let folder = if out.as_os_str().is_empty() { Path::new(".") } else { out };
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    output.context("--base needs the program `git`, or a folder")
}
