//! `ecrgen init`

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};

use super::Status;
use super::stdio::write_stdout;

/// Write a commented starter spec that renders
///
/// Exit status: 0 written, 2 when the file is there already.
#[derive(clap::Args)]
pub struct Args {
    /// The file to write
    #[arg(default_value = "platform.yaml")]
    file: PathBuf,
}

/// The starter.
pub const STARTER: &str = include_str!("../../templates/starter.yaml");

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let name = args.file.display();
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&args.file) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{name} is there already: name another file"),
        Err(error) => return Err(error).with_context(|| format!("cannot write {name}")),
    };
    file.write_all(STARTER.as_bytes()).with_context(|| format!("cannot write {name}"))?;
    write_stdout(format!("wrote {name}: read it, then run: ecrgen render {name}\n"))?;
    Ok(Status::Good)
}
