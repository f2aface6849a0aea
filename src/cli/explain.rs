//! `ecrgen explain`

use anyhow::bail;

use super::Status;
use super::stdio::write_stdout;
use crate::catalog;
use crate::diagnostic::did_you_mean;
use crate::report::code_page;

/// Explain a finding's code, or list all codes
///
/// Every error, warning and note has a code, for example `error[unknown-key]`. The page about a
/// code tells you what it reports, why it matters, and shows a bad and a good example.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen explain shared-retention-count
  ecrgen explain

Exit status: 0 if the page or the list was printed, 2 if the code does not exist.")]
pub struct Args {
    /// Code to explain; lists all codes if omitted
    code: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let Some(name) = &args.code else {
        write_stdout(code_page::list(&catalog::all(), super::style().width))?;
        return Ok(Status::Good);
    };
    let Some(code) = catalog::find(name) else {
        let names = catalog::all().into_iter().map(|code| code.name);
        bail!("the code `{name}` does not exist: {}", did_you_mean(name, names.collect::<Vec<_>>(), "codes"));
    };
    write_stdout(code_page::page(code, super::style().width))?;
    Ok(Status::Good)
}
