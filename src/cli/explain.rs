//! `ecrgen explain`

use anyhow::bail;

use super::Status;
use super::stdio::write_stdout;
use crate::catalog;
use crate::diagnostic::did_you_mean;
use crate::report::code_page;

/// Explain a code, or list all
///
/// Exit status: 0, or 2 when there is no such code.
#[derive(clap::Args)]
pub struct Args {
    /// A code that a finding has, for example shared-retention-count
    code: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let Some(name) = &args.code else {
        write_stdout(code_page::list(&catalog::all()))?;
        return Ok(Status::Good);
    };
    let Some(code) = catalog::find(name) else {
        let names = catalog::all().into_iter().map(|code| code.name);
        bail!("there is no code called `{name}`: {}", did_you_mean(name, names.collect::<Vec<_>>(), "codes"));
    };
    write_stdout(code_page::page(code))?;
    Ok(Status::Good)
}
