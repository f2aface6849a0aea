//! Code that `render`, `check` and `lint` share: their arguments, and compiling the specs.

use std::path::{Path, PathBuf};

use clap::Args;

use super::clock;
use super::format::FindingsFormat;
use super::stdio::write_stderr;
use crate::compile::{Compilation, compile, compile_each, guarded, shown, unlisted};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::file::{self, Boundary};
use crate::time::date;
use crate::tree::{Comparison, Fault, Manifests, RelPath};
use crate::yaml::MAX_BYTES;

/// Arguments of every command that compiles specs.
#[derive(Args)]
pub struct Specs {
    /// Spec files
    #[arg(required = true, value_name = "SPEC")]
    pub specs: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: FindingsFormat,

    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub deny: Option<String>,
}

/// Arguments of every command that reads the output folder.
#[derive(Args)]
pub struct Out {
    /// Output folder, usually the root of the infrastructure repository
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
}

/// The argument of commands that do not need the output folder: there, specs are independent by default.
#[derive(Args)]
pub struct Together {
    /// Compile the specs as one set that shares an output folder, as `render` and `check` do
    ///
    /// Without this option, each spec is compiled on its own. With it, ecrgen also reports names that two of the specs
    /// define.
    #[arg(long)]
    pub together: bool,
}

impl Specs {
    /// Compiles the specs, which share an output folder. With `--deny warnings`, warnings become errors.
    pub fn compile(&self) -> Compilation {
        self.compile_as(&Together { together: true })
    }

    /// Compiles the specs as one set, or each on its own.
    pub fn compile_as(&self, Together { together }: &Together) -> Compilation {
        let boundary = Boundary::around(self.specs.iter().map(Path::new));
        let compile = if *together { compile } else { compile_each };
        let mut compilation = compile(&self.specs, &|path| read(path, &boundary), &date(clock::now()));
        self.deny(&mut compilation.findings);
        compilation
    }

    /// With `--deny warnings`, warnings become errors.
    fn deny(&self, findings: &mut [Diagnostic]) {
        let denied = findings.iter_mut().filter(|finding| finding.severity == Severity::Warning);
        denied.filter(|_| self.deny.is_some()).for_each(|finding| finding.severity = Severity::Error);
    }

    /// Prints findings to standard error, for people. Documents for programs contain them.
    pub fn show(&self, compilation: &Compilation, findings: &[Diagnostic]) {
        if self.format == FindingsFormat::Text {
            write_stderr(self.format.findings(&compilation.sources, findings));
        }
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

/// Reads a spec file, or a file that it extends, if it is inside of the boundary.
fn read(path: &str, boundary: &Boundary) -> Result<Vec<u8>, String> {
    let resolved = boundary.resolve(Path::new(path)).map_err(reason)?;
    let size = std::fs::metadata(&resolved).map_err(reason)?.len();
    if size > MAX_BYTES as u64 {
        return Err(format!("it has {size} bytes, and a spec can have at most {MAX_BYTES}"));
    }
    file::read(&resolved, MAX_BYTES as u64).map_err(reason)
}

fn reason(error: std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}
