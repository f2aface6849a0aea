//! Code that `render` and `check` share: the output folder, and the findings about it.

use std::path::{Path, PathBuf};

use clap::Args;

use super::specs::{Selected, Specs};
use crate::compile::{Compilation, guarded, shown, unlisted};
use crate::diagnostic::{Diagnostic, codes};
use crate::tree::{Comparison, Fault, Manifests, RelPath};

/// Arguments of every command that reads the output folder.
#[derive(Args)]
pub struct OutArgs {
    /// Output folder, usually the root of the infrastructure repository [default: the current folder, or the folder in which
    /// ecrgen found the specs]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// The output folder of a run.
pub struct Out {
    /// Its path.
    pub out: PathBuf,
}

impl OutArgs {
    /// The output folder for these specs.
    pub(super) fn of(&self, selected: &Selected) -> Out {
        Out { out: self.out.clone().unwrap_or_else(|| selected.folder.clone()) }
    }
}

impl Specs {
    /// Returns all findings, and prints them for people: those about the specs and those about the output folder.
    pub fn show_all(&self, compilation: &Compilation, out: &Out, comparisons: &[Comparison]) -> Vec<Diagnostic> {
        let mut findings = compilation.findings.clone();
        findings.extend(shown(findings_on_disk(compilation, &out.out, comparisons)));
        self.deny(&mut findings);
        self.show(compilation, &findings);
        findings
    }
}

/// Findings about the output folder: repositories that would be lost, and files that ecrgen must not overwrite.
fn findings_on_disk(compilation: &Compilation, out: &Path, comparisons: &[Comparison]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (output, comparison) in compilation.outputs.iter().zip(comparisons) {
        findings.extend(guarded(&compilation.platforms[output.spec], &output.tree, comparison.committed.as_ref()));
        findings.extend(unlisted(comparison));
        findings.extend(comparison.left_alone.iter().map(left_alone));
        findings.extend(comparison.refusals.iter().map(|refusal| {
            let code = match refusal.fault {
                Fault::ManifestLost { .. } => &codes::MANIFEST_MISSING,
                Fault::Stray => &codes::STRAY_FILE,
                _ => &codes::NOT_OURS,
            };
            let origin = refusal.origin.unwrap_or_default();
            let message = match out == Path::new(".") {
                true => refusal.to_string(),
                false => format!("in {}: {refusal}", out.display()),
            };
            let mut finding = Diagnostic::new(code, origin, message).help(refusal.help());
            if refusal.origin.is_none() {
                finding.labels.clear();
            }
            finding
        }));
    }
    findings
}

/// A file that an earlier render wrote and that has lost its header since. It belongs to the user now.
fn left_alone(path: &RelPath) -> Diagnostic {
    let message = format!("ecrgen no longer generates `{path}`, but does not remove it, because its header is missing");
    Diagnostic::without_place(&codes::LEFT_ALONE, message).help("delete the file, or keep it and maintain it by hand; if it manages a removed repository, restore that in `repositories` and delete it from `removed`")
}

/// Compares each output with the folder. Two outputs of one run must not claim the same file.
pub fn compare<'c>(compilation: &'c Compilation, out: &Path) -> anyhow::Result<Vec<Comparison<'c>>> {
    if compilation.outputs.is_empty() {
        return Ok(Vec::new());
    }
    let owners: Vec<_> = compilation.outputs.iter().map(|output| output.tree.manifest().platform()).collect();
    let manifests = Manifests::read(out, &owners)?;
    compilation.outputs.iter().map(|output| output.tree.compare_with(out, &manifests)).collect()
}
