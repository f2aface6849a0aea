//! `ecrgen schema`

use super::Status;
use super::stdio::write_stdout;
use crate::language::json_schema::json_schema;

/// Print the JSON Schema of the spec language
///
/// Editors with a YAML language server use it after `# yaml-language-server: $schema=FILE` in a spec's first line.
///
/// Exit status: 0.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_: &Args) -> anyhow::Result<Status> {
    write_stdout(format!("{:#}\n", json_schema()))?;
    Ok(Status::Good)
}
