//! `ecrgen explain`

use std::fmt::Write;

use anyhow::bail;

use super::{Status, show};
use crate::catalogue;
use crate::diagnostic::{Code, Example, did_you_mean};

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
        let line = |code: &&Code| format!("{:32} {:8} {}\n", code.name, code.severity.to_string(), code.what);
        show::out(catalogue::all().iter().map(line).collect::<String>())?;
        return Ok(Status::Good);
    };
    let Some(code) = catalogue::find(name) else {
        let names = catalogue::all().into_iter().map(|code| code.name);
        bail!("there is no code called `{name}`: {}", did_you_mean(name, names.collect::<Vec<_>>(), "codes"));
    };
    show::out(page(code))?;
    Ok(Status::Good)
}

/// The page about a code.
fn page(code: &Code) -> String {
    let mut page = format!("{} ({})\n\n{}\n\n{}\n", code.name, code.severity, code.what, code.why);
    for (title, example) in [("Bad", code.bad), ("Good", code.good)] {
        let (Example::Spec(text) | Example::Words(text)) = example;
        let _ = write!(page, "\n{title}:\n\n");
        for line in text.trim().lines() {
            let _ = writeln!(page, "{}", format!("    {line}").trim_end());
        }
    }
    let _ = writeln!(page, "\nSource: {}", code.source);
    page
}
