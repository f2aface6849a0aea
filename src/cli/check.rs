//! `ecrgen check`

use std::collections::{BTreeMap, HashSet};
use std::mem::ManuallyDrop;

use super::Status;
use super::base::{Against, Base};
use super::common::{Out, OutArgs};
use super::failed::Failed;
use super::on_disk::OnDisk;
use super::specs::Specs;
use super::stdio::write_stdout;
use crate::compile::{Compilation, LineOf, LineOrigin, is_clean, origins};
use crate::diagnostic::Diagnostic;
use crate::escape::shell;
use crate::report::files::{Drift, DriftKind, DriftedFile, first_new_line};
use crate::tree::{Comparison, File, Manifest, RelPath, State};

/// Check that the generated files are in sync with the specs
///
/// Compiles the specs, compares the result with the output folder and writes nothing. For each
/// file that was changed, is missing or is no longer generated, the report names the line of the
/// spec that it is generated from. Files with the same cause are listed together. The first diff is
/// shown, and all of them with --full.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen check
  ecrgen check specs/shop.yaml specs/mill.yaml --out infrastructure --format github

Exit status: 0 if the files are in sync, 1 if there is drift, 2 if there are errors and the
files were not compared.")]
pub struct Args {
    #[command(flatten)]
    specs: Specs,

    #[command(flatten)]
    out: OutArgs,

    /// Compare the resources with those committed in this git revision, or in this other output folder, instead of the
    /// manifest on disk
    ///
    /// In a pull request, use the branch it is merged into (`--base origin/main`): the manifest on disk is part of the
    /// pull request, and may already have lost what the change would delete.
    #[arg(long, value_name = "REV")]
    base: Option<String>,

    /// Show the diff of every file
    #[arg(long)]
    full: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let selected = args.specs.select()?;
    let out = args.out.of(&selected);
    // The process ends soon, so freeing a large platform piece by piece would only waste time.
    let compilation = ManuallyDrop::new(args.specs.compile(&selected, true));
    let mut findings = compilation.findings.clone();
    let compared = against_disk(args, &compilation, &out, selected.are_found, &mut findings);
    compared.map_err(|error| Failed::after(error, &compilation.sources, findings))
}

/// Compares with the output folder. `findings` become those about the specs and the output folder.
fn against_disk(
    args: &Args,
    compilation: &Compilation,
    out: &Out,
    is_complete: bool,
    findings: &mut Vec<Diagnostic>,
) -> anyhow::Result<Status> {
    let mut found = OnDisk::read(compilation, &out.out, is_complete)?;
    if let Some(base) = &args.base {
        let against = Base::of(base, &out.out)?;
        // With errors in the specs there is no output to compare.
        if !found.comparisons.is_empty() {
            found.against = Some(Against::of(&against, base, &out.out, &found.comparisons)?);
        }
    }
    *findings = args.specs.show_all(compilation, &found);
    if !is_clean(findings) {
        write_stdout(args.specs.format.refusal(&compilation.sources, findings))?;
        return Ok(Status::Refused);
    }
    // The manifest is a file of the output too, and can be missing like the others.
    let checked = found.comparisons.iter().map(|comparison| comparison.files.len() + 1).sum();
    let remedy = remedy(args, &found.comparisons);
    let mut origins = origins_of(&found.comparisons, compilation);
    let protected: HashSet<String> =
        found.comparisons.iter().flat_map(|comparison| protected(comparison, out)).collect();
    let files = found.comparisons.into_iter().flat_map(|comparison| drifted(comparison, out, &mut origins));
    // git's `core.autocrlf` writes other line endings where the output has no `.gitattributes`.
    let is_drift = |file: &DriftedFile| {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        !matches!(file.kind, DriftKind::LineEndings) || protected.contains(folder)
    };
    let files: Vec<DriftedFile> = files.filter(is_drift).collect();
    let status = if files.is_empty() { Status::Good } else { Status::No };
    let drift = Drift { checked, files, remedy, full: args.full };
    if status == Status::Good && args.specs.format.is_quiet() {
        return Ok(status);
    }
    write_stdout(args.specs.format.drift(&compilation.sources, findings, &drift))?;
    Ok(status)
}

/// What to do about the drift. Nothing records the text that a render wrote, so for a file that has another text, this can only
/// tell both possible reasons apart if the manifest, which lists the resources and files of the last render, differs too.
fn remedy(args: &Args, comparisons: &[Comparison]) -> String {
    let render = render(args);
    let rendered_otherwise = comparisons.iter().any(|it| !is_same_manifest(it) || !it.orphans.is_empty());
    let files = || comparisons.iter().flat_map(|comparison| &comparison.files);
    let converted =
        |(file, state): &(&File, State)| matches!(state, State::Differs { on_disk } if has_crlf(on_disk, file.text()));
    let is_changed = |it: &(&File, State)| matches!(it.1, State::Differs { .. }) && !converted(it);
    match files().any(is_changed) {
        true if rendered_otherwise => format!("the spec or ecrgen changed since the last render, so run: {render}"),
        true => format!(
            "if these files were edited, restore them, or make the change in the spec; if only the spec changed, run: {render}"
        ),
        false => format!("run: {render}"),
    }
}

/// Whether the manifest on disk is the one that a render would write. JSON means the same with the line endings of Windows,
/// which git writes with `core.autocrlf`.
fn is_same_manifest(comparison: &Comparison) -> bool {
    match &comparison.manifest {
        State::Same => true,
        State::Differs { on_disk } => has_crlf(on_disk, &comparison.next.to_json()),
        State::Missing => false,
    }
}

/// Whether a text on disk is the generated one with the line endings of Windows.
fn has_crlf(on_disk: &str, generated: &str) -> bool {
    on_disk.contains('\r') && on_disk.replace("\r\n", "\n") == generated
}

/// The command that renders what was checked, for a shell.
fn render(args: &Args) -> String {
    // A path that begins with a hyphen would be an option.
    let path = |spec: &String| if spec.starts_with('-') && spec != "-" { format!("./{spec}") } else { spec.clone() };
    let specs = args.specs.specs.iter().map(|spec| shell::word(&path(spec)));
    let words = ["ecrgen render".to_owned()].into_iter().chain(specs);
    let out = args.out.out.as_ref().map(|out| out.to_string_lossy()).filter(|out| out != ".");
    let out = out.map(|out| format!("--out {}", shell::word(&out)));
    words.chain(out).collect::<Vec<_>>().join(" ")
}

/// The folders of the output with a generated `.gitattributes`, relative to the current folder.
fn protected(comparison: &Comparison, out: &Out) -> Vec<String> {
    let attributes = comparison.files.iter().map(|(file, _)| file.path());
    let attributes = attributes.filter(|path| path.as_str().ends_with("/.gitattributes"));
    attributes.map(|path| relative(out, path.folder())).collect()
}

/// A path of the output, relative to the current folder.
fn relative(out: &Out, path: &str) -> String {
    match out.out.as_os_str() == "." {
        true => path.to_owned(),
        false => out.out.join(path).display().to_string(),
    }
}

/// The files that differ, with paths relative to the current folder.
pub(super) fn drifted(
    comparison: Comparison,
    out: &Out,
    origins: &mut BTreeMap<RelPath, LineOrigin>,
) -> Vec<DriftedFile> {
    let path = |path: &str| relative(out, path);
    let manifest = comparison.next;
    let mut files = Vec::new();
    for (file, state) in comparison.files {
        let kind = match state {
            State::Same => continue,
            State::Differs { on_disk } if has_crlf(&on_disk, file.text()) => DriftKind::LineEndings,
            State::Differs { on_disk } => DriftKind::Changed { old: on_disk, new: file.text().to_owned() },
            State::Missing => DriftKind::Missing { new: file.text().to_owned() },
        };
        let LineOrigin { span, path: cause } =
            origins.remove(file.path()).unwrap_or(LineOrigin { span: file.origin(), path: None });
        files.push(DriftedFile { path: path(file.path().as_str()), kind, origin: Some(span), cause });
    }
    for orphan in comparison.orphans {
        files.push(DriftedFile {
            path: path(orphan.path.as_str()),
            kind: DriftKind::Orphaned,
            origin: None,
            cause: None,
        });
    }
    let kind = match comparison.manifest {
        State::Same => None,
        State::Differs { on_disk } if has_crlf(&on_disk, &manifest.to_json()) => None,
        State::Differs { on_disk } => Some(DriftKind::Changed { old: on_disk, new: manifest.to_json() }),
        State::Missing => Some(DriftKind::Missing { new: manifest.to_json() }),
    };
    let path = path(&Manifest::path(manifest.platform()));
    files.extend(kind.map(|kind| DriftedFile { path, kind, origin: None, cause: None }));
    files
}

/// Where the first difference of each changed file comes from. No two specs have a file with the same path.
fn origins_of(comparisons: &[Comparison], compilation: &Compilation) -> BTreeMap<RelPath, LineOrigin> {
    let mut lines = BTreeMap::new();
    for (file, state) in comparisons.iter().flat_map(|comparison| &comparison.files) {
        if let State::Differs { on_disk } = state {
            let line = first_new_line(on_disk, file.text());
            lines.extend(line.map(|line| (file.path(), LineOf { text: file.text(), line })));
        }
    }
    origins(&compilation.platforms, &lines, &compilation.sources)
}
