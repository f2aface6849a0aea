//! `ecrgen explain`

use super::Status;
use super::stdio::write_stdout;
use crate::catalog;
use crate::diagnostic::{Code, nearest};
use crate::prose::count;
use crate::report::code_page;
use crate::report::failure::Failure;

/// Explain the codes of findings, or list all codes
///
/// Every error, warning and note has a code, for example `error[unknown-key]`. The page about a
/// code tells you what it reports, why it matters, and shows a bad and a good example.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen explain shared-retention-count
  ecrgen explain unknown-key 'error[malformed]'
  ecrgen explain

Exit status: 0 if the pages or the list were printed, 2 if a code does not exist.")]
pub struct Args {
    /// Codes to explain, also as findings show them, such as `error[unknown-key]`; lists all codes if omitted
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let width = super::style().width;
    if args.codes.is_empty() {
        write_stdout(code_page::list(&catalog::all(), width))?;
        return Ok(Status::Good);
    }
    let found = args.codes.iter().map(|code| catalog::find(&name(code)).ok_or(code));
    let (known, unknown): (Vec<_>, Vec<_>) = found.partition(Result::is_ok);
    let known: Vec<&Code> = known.into_iter().flatten().collect();
    let unknown: Vec<&String> = unknown.into_iter().filter_map(Result::err).collect();
    let pages = known.iter().enumerate().filter(|(at, code)| !known[..*at].contains(code));
    let pages: Vec<String> = pages.map(|(_, code)| code_page::page(code, width)).collect();
    write_stdout(pages.join("\n\n"))?;
    match unknown.as_slice() {
        [] => Ok(Status::Good),
        unknown => Err(refused(unknown).into()),
    }
}

/// The name in what a finding shows: `warning[any-branch-trust]` has the code `any-branch-trust`.
fn name(written: &str) -> String {
    let inner = written.split_once('[').map_or(written, |(_, code)| code.trim_end_matches([']', ':']));
    inner.trim().to_lowercase().replace('_', "-")
}

/// The error of codes that do not exist, with the nearest code of each.
fn refused(unknown: &[&String]) -> Failure {
    let all = catalog::all();
    let names = all.iter().map(|code| code.name);
    let meant = |code: &&String| nearest(&name(code), names.clone());
    let is_known = unknown.iter().all(|code| meant(code).is_some());
    let list = || (!is_known).then(|| "run `ecrgen explain` to list all codes".to_owned());
    if let [code] = unknown {
        let message = format!("the code `{code}` does not exist");
        return match meant(code) {
            Some(near) => Failure { message: format!("{message}: did you mean `{near}`?"), details: Vec::new() },
            None => Failure { message, details: list().into_iter().collect() },
        };
    }
    let detail = |code: &&String| match meant(code) {
        Some(near) => format!("`{code}`: did you mean `{near}`?"),
        None => format!("`{code}`"),
    };
    let message = format!("{} do not exist:", count(unknown.len(), "code"));
    Failure { message, details: unknown.iter().map(detail).chain(list()).collect() }
}
