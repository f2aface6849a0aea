//! `ecrgen schema`

use super::Status;
use super::stdio::write_stdout;
use crate::catalog;
use crate::language::json_schema::{json_schema, with_codes};
use crate::language::keys;
use crate::report;

/// Print the JSON Schema of the spec language
///
/// Editors with a YAML language server use it for completion and validation. Save it to a file
/// and start your spec with this line:
///   # yaml-language-server: $schema=FILE
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen schema > ecrgen.schema.json
  ecrgen schema --markdown > keys.md

Exit status: 0 if the schema or the reference was printed, 2 if standard output cannot be written.")]
pub struct Args {
    /// Print the reference of all keys as Markdown instead
    #[arg(long)]
    markdown: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    write_stdout(if args.markdown { report::keys::markdown(&keys::sections()) } else { text() })?;
    Ok(Status::Good)
}

/// The schema as a file.
pub(super) fn text() -> String {
    let codes: Vec<_> = catalog::waivable().into_iter().map(|code| (code.name, code.what)).collect();
    format!("{:#}\n", with_codes(json_schema(), codes))
}
