//! The specs of a run: which files they are, and compiling them.

pub(super) mod found;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::Args;

use super::clock;
use super::failed::Failed;
use super::format::FindingsFormat;
use super::options::is_quiet;
use super::stdio::write_stderr;
use crate::compile::{Compilation, compile, compile_each};
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::{self, Boundary};
use crate::time::date;
use crate::yaml::MAX_BYTES;

/// Arguments of every command that compiles specs and reports findings.
#[derive(Args)]
pub struct Specs {
    /// Spec files; `-` reads standard input [default: `ecrgen.yaml` or `ecrgen/*.yaml`, here or above]
    #[arg(value_name = "SPEC")]
    pub specs: Vec<String>,

    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub format: FindingsFormat,

    /// Treat warnings as errors
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub deny: Option<String>,
}

/// The argument of commands that do not need the output folder: there, specs are independent by default.
#[derive(Args)]
pub struct Together {
    /// Compile the specs as one set that shares an output folder, as `render` and `check` do
    ///
    /// Without this option, each spec on the command line is compiled on its own. With it, ecrgen also reports names that
    /// two of the specs define. Specs that ecrgen finds are always one set.
    #[arg(long)]
    pub together: bool,
}

impl Together {
    /// Whether the specs of the run are one set.
    pub(super) fn applies_to(&self, selected: &Selected) -> bool {
        self.together || selected.are_found
    }
}

/// What standard input is called in messages, and as a spec.
const STANDARD_INPUT: &str = "<stdin>";

/// The specs of a run.
pub(super) struct Selected {
    /// The specs, as messages call them.
    pub(super) names: Vec<String>,
    /// The default of the output folder.
    pub(super) folder: PathBuf,
    /// Whether ecrgen found the specs, so that they are all there are.
    pub(super) are_found: bool,
    /// The spec on standard input. It is read once, because two arguments can name it.
    standard_input: Option<Result<Vec<u8>, String>>,
}

impl Selected {
    /// The specs that the command line names, or else those that ecrgen finds.
    ///
    /// # Errors
    /// If it names none and ecrgen finds none.
    pub(super) fn of(named: &[String]) -> anyhow::Result<Selected> {
        if named.is_empty() {
            let found::Found { specs, folder } = found::find()?;
            if folder != Path::new(".") && !is_quiet() {
                // Otherwise, the paths of findings and files would surprise.
                write_stderr(format!("using {} and the output folder {}\n", specs.join(", "), folder.display()));
            }
            return Ok(Selected { names: specs, folder, are_found: true, standard_input: None });
        }
        let reads = named.iter().any(|name| name == "-");
        let called = |name: &String| if name == "-" { STANDARD_INPUT.to_owned() } else { name.clone() };
        Ok(Selected {
            names: named.iter().map(called).collect(),
            folder: PathBuf::from("."),
            are_found: false,
            standard_input: reads.then(|| file::bounded(std::io::stdin().lock(), MAX_BYTES as u64).map_err(reason)),
        })
    }

    /// The spec that the command line names, or else the only one that ecrgen finds.
    ///
    /// # Errors
    /// As [`Selected::of`], and if there are several.
    pub(super) fn one(named: Option<&str>) -> anyhow::Result<Selected> {
        let selected = Selected::of(&named.map(str::to_owned).into_iter().collect::<Vec<_>>())?;
        match selected.names.as_slice() {
            [_] => Ok(selected),
            several => bail!("select one of several specs: {}", several.join(", ")),
        }
    }

    /// Compiles the specs as one set, or each on its own.
    pub(super) fn compile(&self, together: bool) -> Compilation {
        let boundary = Boundary::around(self.names.iter().map(Path::new));
        let compile = if together { compile } else { compile_each };
        compile(&self.names, &|path| self.read(path, &boundary), &date(clock::now()))
    }

    /// Compiles the specs for a command that needs them without errors. Warnings and failed expectations or assertions are
    /// left to `lint`.
    ///
    /// # Errors
    /// If there are errors, which are shown before. `purpose` is what cannot be done because of them.
    pub(super) fn sound(&self, together: bool, format: FindingsFormat, purpose: &str) -> anyhow::Result<Compilation> {
        let compilation = self.compile(together);
        let is_blocking = |finding: &&Diagnostic| finding.severity == Severity::Error && !finding.code.is_claim;
        let errors: Vec<Diagnostic> = compilation.findings.iter().filter(is_blocking).cloned().collect();
        show(format, &compilation, &errors);
        if errors.is_empty() {
            return Ok(compilation);
        }
        let error = anyhow!("cannot {purpose} because of errors in {}", self.names.join(", "));
        Err(Failed::after(error, &compilation.sources, errors))
    }

    fn read(&self, path: &str, boundary: &Boundary) -> Result<Vec<u8>, String> {
        match &self.standard_input {
            Some(text) if path == STANDARD_INPUT => text.clone(),
            _ => read(path, boundary),
        }
    }
}

impl Specs {
    /// The specs of the run.
    ///
    /// # Errors
    /// As [`Selected::of`].
    pub(super) fn select(&self) -> anyhow::Result<Selected> {
        Selected::of(&self.specs)
    }

    /// Compiles the specs as one set, or each on its own. With `--deny warnings`, warnings become errors.
    pub(super) fn compile(&self, selected: &Selected, together: bool) -> Compilation {
        let mut compilation = selected.compile(together);
        self.deny(&mut compilation.findings);
        compilation
    }

    /// With `--deny warnings`, warnings become errors.
    pub(super) fn deny(&self, findings: &mut [Diagnostic]) {
        let denied = findings.iter_mut().filter(|finding| finding.severity == Severity::Warning);
        denied.filter(|_| self.deny.is_some()).for_each(|finding| finding.severity = Severity::Error);
    }

    /// Prints findings to standard error, for people. Documents for programs contain them.
    pub(super) fn show(&self, compilation: &Compilation, findings: &[Diagnostic]) {
        show(self.format, compilation, findings);
    }
}

/// Prints findings to standard error, for people. Documents for programs contain them.
pub(super) fn show(format: FindingsFormat, compilation: &Compilation, findings: &[Diagnostic]) {
    if format == FindingsFormat::Text {
        write_stderr(format.findings(&compilation.sources, findings));
    }
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
        ErrorKind::NotFound => "no such file".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}
