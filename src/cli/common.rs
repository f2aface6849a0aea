//! Code that `render`, `check` and `lint` share: their arguments, and compiling the specs.

use std::path::{Path, PathBuf};

use clap::Args;

use super::format::FindingsFormat;
use super::on_disk::OnDisk;
use super::stdio::write_stderr;
use super::{Status, clock};
use crate::compile::{Compilation, compile, is_clean, shown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::{self, Boundary};
use crate::time::date;
use crate::yaml::MAX_BYTES;

/// Arguments of every command that compiles specs.
#[derive(Args)]
pub struct Specs {
    /// Spec files to compile together
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

impl Specs {
    /// Compiles the specs. With `--deny warnings`, warnings become errors.
    pub fn compile(&self) -> Compilation {
        let boundary = Boundary::around(self.specs.iter().map(Path::new));
        let mut compilation = compile(&self.specs, &|path| read(path, &boundary), &date(clock::now()));
        self.deny(&mut compilation.findings);
        compilation
    }

    /// With `--deny warnings`, warnings become errors.
    fn deny(&self, findings: &mut [Diagnostic]) {
        let denied = findings.iter_mut().filter(|finding| finding.severity == Severity::Warning);
        denied.filter(|_| self.deny.is_some()).for_each(|finding| finding.severity = Severity::Error);
    }

    /// Prints findings to standard error in the requested format.
    pub fn show(&self, compilation: &Compilation, findings: &[Diagnostic]) {
        write_stderr(self.format.findings(&compilation.sources, findings));
    }
}

impl Specs {
    /// Prints and returns all findings: those about the specs and those about the output folder.
    pub fn show_all(&self, compilation: &Compilation, found: &OnDisk) -> Vec<Diagnostic> {
        let mut findings = compilation.findings.clone();
        findings.extend(shown(found.findings(compilation)));
        self.deny(&mut findings);
        self.show(compilation, &findings);
        findings
    }
}

/// The status of a command: good, or refused if any finding is an error.
pub fn status(findings: &[Diagnostic]) -> Status {
    if is_clean(findings) { Status::Good } else { Status::Refused }
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
