//! Code that `render` and `check` share: the output folder, and the findings about it.

use std::path::PathBuf;

use clap::Args;

use super::on_disk::OnDisk;
use super::specs::{Selected, Specs};
use crate::compile::{Compilation, shown};
use crate::diagnostic::Diagnostic;

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
    pub fn show_all(&self, compilation: &Compilation, found: &OnDisk) -> Vec<Diagnostic> {
        let mut findings = compilation.findings.clone();
        findings.extend(shown(found.findings(compilation)));
        self.deny(&mut findings);
        self.show(compilation, &findings);
        findings
    }
}
