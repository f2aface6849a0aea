//! The files that `ecrgen simulate` reads.

use std::fs::DirEntry;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow};

use super::remarks::{Remark, remarks};
use crate::cli::failed::{Failed, Found};
use crate::cli::format::SimulationFormat;
use crate::cli::stdio::write_stderr;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::{self, Boundary};
use crate::inventory::{Inventory, Manifests, PolicyOutput, Usage, read};
use crate::lifecycle::{self, Fault, Policy};
use crate::report::failure::Failure;
use crate::report::findings;
use crate::source::{Sources, Span};
use crate::time::Time;

/// The most bytes that are read of a file that is not an image listing.
const MAX_BYTES: u64 = 1 << 30;

/// Reads a policy that AWS would accept, and returns the findings about it. For people, it also prints them. The policy can be
/// inside the output of an AWS command.
pub(super) fn policy(file: &Path, format: SimulationFormat) -> anyhow::Result<(Policy, PolicyOutput, Found)> {
    let output = PolicyOutput::read(&text_of(file)?).map_err(|fault| refused(file, &[fault]))?;
    let policy = Policy::from_json(&output.text);
    let faults = policy.as_ref().map_or_else(Clone::clone, lifecycle::check);
    let is_accepted = faults.iter().all(|fault| fault.constraint.code.severity < Severity::Error);
    let of_lint = policy.as_ref().ok().filter(|_| is_accepted).map(remarks).unwrap_or_default();
    let found = found(file, &faults, &of_lint);
    if format == SimulationFormat::Text {
        let (charset, name) = (super::super::style().charset, file.display().to_string());
        let remark = |it: &Remark| findings::policy_remark(charset, &name, &it.path, &it.finding);
        let of_lint = of_lint.iter().map(remark).collect::<String>();
        write_stderr(findings::policy_file(charset, &name, &faults) + &of_lint);
    }
    match policy {
        Ok(policy) if is_accepted => Ok((policy, output, found)),
        _ => {
            let error = anyhow!("AWS would reject the lifecycle policy in {}", file.display());
            Err(Failed::after(error, &found.sources, found.findings))
        }
    }
}

/// The findings about a policy for a document. Their `path` is a JSON pointer, and their place is the start of the file.
fn found(file: &Path, faults: &[Fault], remarks: &[Remark]) -> Found {
    let mut sources = Sources::default();
    let start = Span { file: sources.add(file.display().to_string(), ""), start: 0, end: 0 };
    let of_fault = |fault: &Fault| {
        let finding = Diagnostic::new(&fault.constraint.code, start, fault.message.clone());
        finding.help(fault.help()).at(&fault.path)
    };
    let of_remark = |Remark { path, finding }: &Remark| {
        let placed = Diagnostic::new(finding.code, start, finding.message.clone());
        Diagnostic { help: finding.help.clone(), ..placed }.at(path)
    };
    let findings = faults.iter().map(of_fault).chain(remarks.iter().map(of_remark));
    Found { findings: findings.collect(), sources }
}

/// Reads the image listing, and adds what the manifests tell about it.
pub(super) fn inventories(images: &Path, manifests: Option<&Path>, at: Time) -> anyhow::Result<Vec<Inventory>> {
    let manifests = manifests.map(self::manifests).transpose()?.unwrap_or_default();
    let inventories = read(opened(images)?, &manifests, at);
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
    let boundary = Boundary::of_folder(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let listed = folder.join(line);
        let file = boundary.resolve(&listed).with_context(|| format!("cannot read {}", listed.display()))?;
        add_file(&file, &mut manifests)?;
    }
    Ok(manifests)
}

/// Adds the files of a folder and its subfolders. Links are refused: one to a folder above would never end.
fn add_folder(folder: &Path, manifests: &mut Manifests) -> anyhow::Result<()> {
    let cannot = || format!("cannot read {}", folder.display());
    let entries = std::fs::read_dir(folder).with_context(cannot)?;
    let mut entries: Vec<DirEntry> = entries.collect::<Result<_, _>>().with_context(cannot)?;
    entries.sort_by_key(DirEntry::path);
    for entry in entries {
        match entry.file_type().with_context(cannot)?.is_dir() {
            true => add_folder(&entry.path(), manifests)?,
            false => add_file(&entry.path(), manifests)?,
        }
    }
    Ok(())
}

fn add_file(file: &Path, manifests: &mut Manifests) -> anyhow::Result<()> {
    let bytes = file::read(file, MAX_BYTES).with_context(|| format!("cannot read {}", file.display()))?;
    manifests.add(&file.display().to_string(), &text(file, bytes)?).map_err(anyhow::Error::msg)
}

fn refused(file: &Path, faults: &[String]) -> anyhow::Error {
    Failure { message: format!("{} cannot be used:", file.display()), details: faults.to_vec() }.into()
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    let bytes = file::bounded(opened(file)?, MAX_BYTES);
    text(file, bytes.with_context(|| format!("cannot read {}", file.display()))?)
}

fn text(file: &Path, bytes: Vec<u8>) -> anyhow::Result<String> {
    let text = String::from_utf8(bytes).ok().with_context(|| format!("{} is not UTF-8 text", file.display()))?;
    // Windows programs begin a text with a byte order mark.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Opens a file that the command line names; `-` is standard input.
fn opened(named: &Path) -> anyhow::Result<Box<dyn Read>> {
    match named.to_str() {
        Some("-") => Ok(Box::new(std::io::stdin().lock())),
        _ => Ok(Box::new(file::open_named(named).with_context(|| format!("cannot read {}", named.display()))?)),
    }
}
