//! `ecrgen init`

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};

use super::Status;
use super::stdio::write_stdout;
use crate::escape::shell;

/// Write a starter spec with comments
///
/// The spec compiles as it is. Edit it to describe your own platform.
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  ecrgen init
  ecrgen init specs/shop.yaml

Exit status: 0 if the file was written, 2 if it already exists or cannot be written.")]
pub struct Args {
    /// File to write
    #[arg(default_value = "platform.yaml")]
    file: PathBuf,
}

/// The starter spec.
pub const STARTER: &str = include_str!("../../templates/starter.yaml");

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let name = args.file.display();
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&args.file) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{name} already exists; choose another file name")
        }
        Err(error) => return Err(error).with_context(|| format!("cannot write {name}")),
    };
    file.write_all(STARTER.as_bytes()).with_context(|| format!("cannot write {name}"))?;
    let charset = super::style().charset;
    let shown = charset.sanitize(&name.to_string());
    let quoted = charset.sanitize(&shell::word(&args.file.to_string_lossy()));
    write_stdout(format!("wrote {shown}; edit it, then run: ecrgen render {quoted}\n"))?;
    Ok(Status::Good)
}
