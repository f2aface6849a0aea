//! `ecrgen init`

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::options::is_quiet;
use super::specs::found::FILE;
use super::stdio::write_stdout;
use super::{Status, schema};
use crate::escape::shell;

/// Write a starter spec with comments, and the JSON Schema for your editor
///
/// The spec compiles as it is. Edit it to describe your own platform. Its second line names the
/// schema, `ecrgen.schema.json` in the same folder. An existing schema is kept.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(after_long_help = "\
Examples:
  ecrgen init
  ecrgen init specs/shop.yaml

Exit status: 0 if the file was written, 2 if it already exists or cannot be written.")]
pub struct Args {
    /// File to write; `-` writes the starter to standard output
    #[arg(default_value = FILE)]
    file: PathBuf,
}

/// The starter spec.
pub const STARTER: &str = include_str!("../../templates/starter.yaml");

/// The schema that the starter names.
const SCHEMA: &str = "ecrgen.schema.json";

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    if args.file.as_os_str() == "-" {
        write_stdout(STARTER)?;
        return Ok(Status::Good);
    }
    if !create(&args.file, STARTER)? {
        bail!("{} already exists; choose another file name", args.file.display());
    }
    let schema = args.file.with_file_name(SCHEMA);
    let and_schema = match create(&schema, &schema::text())? {
        true => format!(" and {}", schema.display()),
        false => String::new(),
    };
    if is_quiet() {
        return Ok(Status::Good);
    }
    let charset = super::style().charset;
    let shown = charset.sanitize(&format!("{}{and_schema}", args.file.display()));
    // `render` finds a spec with the default name.
    let command = match args.file.as_os_str() == FILE {
        true => "ecrgen render".to_owned(),
        false => format!("ecrgen render {}", charset.sanitize(&shell::word(&args.file.to_string_lossy()))),
    };
    let edited = charset.sanitize(&args.file.display().to_string());
    write_stdout(format!("wrote {shown}; edit {edited}, then run: {command}\n"))?;
    Ok(Status::Good)
}

/// Writes a new file. Returns `false` if it exists, also as a link that leads nowhere.
fn create(path: &Path, text: &str) -> anyhow::Result<bool> {
    let cannot = || format!("cannot write {}", path.display());
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(error).with_context(cannot),
    };
    file.write_all(text.as_bytes()).with_context(cannot)?;
    Ok(true)
}
