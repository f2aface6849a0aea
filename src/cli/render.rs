//! `ecrgen render`

use std::collections::BTreeMap;
use std::fs;
use std::mem::ManuallyDrop;
use std::path::Path;

use super::Status;
use super::check::drifted;
use super::common::{Out, OutArgs};
use super::failed::Failed;
use super::format::FindingsFormat;
use super::next;
use super::on_disk::OnDisk;
use super::specs::{Selected, Specs};
use super::stdio::write_stdout;
use crate::compile::{Compilation, is_clean};
use crate::diagnostic::Diagnostic;
use crate::file;
use crate::report::files::{Action, DriftKind, DriftedFile, WrittenFile, planned::Planned};
use crate::tree::{Comparison, Manifest, State};

/// Compile specs and write the Terraform files that changed
///
/// If a spec has an error, nothing is written. ecrgen never overwrites a file that it did not
/// generate, and refuses a change that would delete images until the spec confirms it. Several
/// specs are compiled as one set, because they share the output folder.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen render
  ecrgen render --dry-run
  ecrgen render specs/shop.yaml specs/mill.yaml --out infrastructure --deny warnings

Exit status: 0 if the output is up to date, 2 if there are errors and nothing was
written, or if a file cannot be written.")]
pub struct Args {
    #[command(flatten)]
    specs: Specs,

    #[command(flatten)]
    out: OutArgs,

    /// Show what would be written, as a diff, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let selected = args.specs.select()?;
    let out = args.out.of(&selected);
    // The process ends soon, so freeing a large platform piece by piece would only waste time.
    let compilation = ManuallyDrop::new(args.specs.compile(&selected, true));
    let mut findings = compilation.findings.clone();
    let written = write(args, &compilation, &selected, &out, &mut findings);
    written.map_err(|error| Failed::after(error, &compilation.sources, findings))
}

/// Writes what changed. `findings` become those about the specs and the output folder.
fn write(
    args: &Args,
    compilation: &Compilation,
    selected: &Selected,
    out: &Out,
    findings: &mut Vec<Diagnostic>,
) -> anyhow::Result<Status> {
    // Another render must not write between the comparison and the writing. The system unlocks what a killed run locked.
    let created = if args.dry_run { Vec::new() } else { create(compilation, &out.out) };
    let _lock = if args.dry_run { None } else { file::lock(&out.out) };
    let found = OnDisk::read(compilation, &out.out, selected.are_found)?;
    *findings = args.specs.show_all(compilation, &found);
    if !is_clean(findings) {
        // A folder that another render uses by now is not empty, and stays.
        created.iter().for_each(|folder| drop(fs::remove_dir(folder)));
        write_stdout(args.specs.format.refusal(&compilation.sources, findings))?;
        return Ok(Status::Refused);
    }
    if args.dry_run {
        let planned = planned(found.comparisons, out);
        write_stdout(args.specs.format.planned(&compilation.sources, findings, &planned))?;
        return Ok(Status::Good);
    }
    let mut files = Vec::new();
    for comparison in &found.comparisons {
        let writable = comparison.writable().expect("a refusal is an error");
        let actions = actions(comparison);
        writable.write()?;
        files.extend(actions);
    }
    if args.specs.format.is_quiet() {
        return Ok(Status::Good);
    }
    write_stdout(args.specs.format.written(&compilation.sources, findings, &files))?;
    if args.specs.format == FindingsFormat::Text {
        next::say(compilation, selected, out, &found.comparisons, findings);
    }
    Ok(Status::Good)
}

/// Creates the output folder, because only a folder that exists can be locked. Returns the folders that were missing, the
/// innermost first.
fn create<'o>(compilation: &Compilation, out: &'o Path) -> Vec<&'o Path> {
    if compilation.outputs.is_empty() {
        return Vec::new();
    }
    let missing = out.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let missing = missing.collect();
    if fs::create_dir_all(out).is_ok() { missing } else { Vec::new() }
}

/// What writing would do.
fn planned(comparisons: Vec<Comparison>, out: &Out) -> Planned {
    // The manifest is a file of the output too.
    let all: usize = comparisons.iter().map(|comparison| comparison.files.len() + 1).sum();
    let mut origins = BTreeMap::new();
    let files: Vec<DriftedFile> =
        comparisons.into_iter().flat_map(|comparison| drifted(comparison, out, &mut origins)).collect();
    let written = files.iter().filter(|file| file.kind != DriftKind::Orphaned).count();
    Planned { unchanged: all - written, files }
}

/// What writing does with each file.
fn actions(comparison: &Comparison) -> Vec<WrittenFile> {
    let written = |path: String, state: &State| {
        let action = match state {
            State::Same => Action::Unchanged,
            State::Differs { .. } => Action::Updated,
            State::Missing => Action::Created,
        };
        WrittenFile { path, action }
    };
    let generated = comparison.files.iter().map(|(file, state)| written(file.path().to_string(), state));
    let removed =
        comparison.orphans.iter().map(|orphan| WrittenFile { path: orphan.path.to_string(), action: Action::Removed });
    let manifest = Manifest::path(comparison.tree().manifest().platform());
    generated.chain(removed).chain([written(manifest, &comparison.manifest)]).collect()
}
