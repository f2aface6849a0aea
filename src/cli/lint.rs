//! `ecrgen lint`

use std::mem::ManuallyDrop;

use super::Status;
use super::format::FindingsFormat;
use super::options::is_quiet;
use super::specs::{Specs, Together};
use super::stdio::{write_stderr, write_stdout};
use crate::diagnostic::{Severity, codes};
use crate::escape::terminal::Charset;

/// Report errors, warnings and notes about specs
///
/// Compiles the specs, including their `expect` and `assert` sections, without reading or writing
/// the output folder. Each spec on the command line is compiled on its own, unless you pass
/// --together. Specs that ecrgen finds are one set.
#[derive(clap::Args)]
#[command(visible_alias = "validate", verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen lint
  ecrgen lint specs/*.yaml --format github

Exit status: 0 if there are no errors or warnings, 1 if there are any, 2 if a spec cannot be
read.")]
pub struct Args {
    #[command(flatten)]
    specs: Specs,

    #[command(flatten)]
    together: Together,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let selected = args.specs.select()?;
    // The process ends soon, so freeing a large platform piece by piece would only waste time.
    let compilation = ManuallyDrop::new(args.specs.compile(&selected, args.together.applies_to(&selected)));
    let findings = &compilation.findings;
    write_stdout(args.specs.format.findings(&compilation.sources, findings))?;
    if findings.is_empty() && args.specs.format == FindingsFormat::Text && !is_quiet() {
        write_stderr(format!("no findings in {}\n", subject(&selected.names, super::style().charset)));
    }
    if findings.iter().any(|finding| *finding.code == codes::UNREADABLE_FILE) {
        return Ok(Status::Refused);
    }
    let any = findings.iter().any(|finding| finding.severity >= Severity::Warning);
    Ok(if any { Status::No } else { Status::Good })
}

/// The spec, or how many there are.
fn subject(names: &[String], charset: Charset) -> String {
    match names {
        [name] => charset.sanitize(name),
        names => format!("{} specs", names.len()),
    }
}
