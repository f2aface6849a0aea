//! The files that `ecrgen simulate` reads.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::remarks::{Remark, remarks};
use crate::cli::stdio::write_stderr;
use crate::diagnostic::Severity;
use crate::inventory::{Inventory, Manifests, PolicyOutput, Usage, read};
use crate::lifecycle::{self, Policy};
use crate::report::findings;
use crate::time::Time;

/// Reads a policy that AWS would accept, and prints warnings about it. It can be inside the output of an AWS command.
pub(super) fn policy(file: &Path) -> anyhow::Result<(Policy, PolicyOutput)> {
    let output = PolicyOutput::read(&text_of(file)?).map_err(|fault| refused(file, &[fault]))?;
    let policy = Policy::from_json(&output.text);
    let faults = policy.as_ref().map_or_else(Clone::clone, lifecycle::check);
    write_stderr(findings::policy_file(super::super::style().charset, &file.display().to_string(), &faults));
    match policy {
        Ok(policy) if faults.iter().all(|fault| fault.constraint.code.severity < Severity::Error) => {
            remark(file, &policy);
            Ok((policy, output))
        }
        _ => bail!("AWS would reject the lifecycle policy in {}", file.display()),
    }
}

/// Prints what `lint` would say about a policy.
fn remark(file: &Path, policy: &Policy) {
    for Remark { path, finding } in remarks(policy) {
        let charset = super::super::style().charset;
        write_stderr(findings::policy_remark(charset, &file.display().to_string(), &path, &finding));
    }
}

/// Reads the image listing, and adds what the manifests tell about it.
pub(super) fn inventories(images: &Path, manifests: Option<&Path>, at: Time) -> anyhow::Result<Vec<Inventory>> {
    let manifests = manifests.map(self::manifests).transpose()?.unwrap_or_default();
    let inventories = match images.to_str() {
        Some("-") => read(std::io::stdin().lock(), &manifests, at),
        _ => read(File::open(images).with_context(|| format!("cannot read {}", images.display()))?, &manifests, at),
    };
    inventories.map_err(|faults| refused(images, &faults))
}

/// Reads the list of images in use.
pub(super) fn usage(file: &Path) -> anyhow::Result<Usage> {
    Usage::read(&text_of(file)?).map_err(|faults| refused(file, &faults))
}

/// Reads manifests from a folder and its subfolders, from one file, or from the files in a list (paths relative to it).
fn manifests(path: &Path) -> anyhow::Result<Manifests> {
    let mut manifests = Manifests::default();
    if path.is_dir() {
        add_folder(path, &mut manifests)?;
        return Ok(manifests);
    }
    let text = text_of(path)?;
    if text.trim_start().starts_with('{') {
        manifests.add(&path.display().to_string(), &text).map_err(anyhow::Error::msg)?;
        return Ok(manifests);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        add_file(&folder.join(line), &mut manifests)?;
    }
    Ok(manifests)
}

fn add_folder(folder: &Path, manifests: &mut Manifests) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => add_folder(&path, manifests)?,
            false => add_file(&path, manifests)?,
        }
    }
    Ok(())
}

fn add_file(file: &Path, manifests: &mut Manifests) -> anyhow::Result<()> {
    manifests.add(&file.display().to_string(), &text_of(file)?).map_err(anyhow::Error::msg)
}

fn refused(file: &Path, faults: &[String]) -> anyhow::Error {
    let charset = super::super::style().charset;
    let lines: Vec<String> = faults.iter().map(|fault| format!("\n  {}", charset.sanitize(fault))).collect();
    anyhow!("{} cannot be used:{}", file.display(), lines.concat())
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    let text = match file.to_str() {
        Some("-") => std::io::read_to_string(std::io::stdin()),
        _ => std::fs::read_to_string(file),
    };
    let text = text.with_context(|| format!("cannot read {}", file.display()))?;
    // Windows programs begin a text with a byte order mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
