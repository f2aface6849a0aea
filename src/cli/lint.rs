//! `ecrgen lint`

use std::mem::ManuallyDrop;

use super::Status;
use super::common::Specs;
use super::stdio::write_stdout;
use crate::diagnostic::{Severity, codes};

/// Compile specs and show findings only
///
/// Exit status: 0 none, 1 errors or warnings, 2 could not run.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    specs: Specs,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    // The process ends soon: freeing a large platform piece by piece would be time for nothing.
    let compilation = ManuallyDrop::new(args.specs.compile());
    let findings = &compilation.findings;
    write_stdout(args.specs.format.findings(&compilation.sources, findings))?;
    if findings.iter().any(|finding| *finding.code == codes::UNREADABLE_FILE) {
        return Ok(Status::Refused);
    }
    let any = findings.iter().any(|finding| finding.severity >= Severity::Warning);
    Ok(if any { Status::No } else { Status::Good })
}
