//! Command lines that ecrgen does not understand.

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Error, ValueEnum};

use super::Found;
use crate::cli::format::FindingsFormat;
use crate::cli::{Status, fail};
use crate::report::failure::Failure;

/// Reports a command line that clap rejects, in the format that it asks for. Also prints help and the version.
pub(in crate::cli) fn reject(error: &Error) -> ExitCode {
    let format = requested(std::env::args());
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if is_help || format == FindingsFormat::Text {
        error.exit();
    }
    fail(format, &failure(error), &Found::default());
    ExitCode::from(Status::Refused as u8)
}

/// The text of clap, which starts with `error: ` and continues with tips and the usage.
fn failure(error: &Error) -> Failure {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first).to_owned();
    Failure { message, details: lines.map(str::to_owned).collect() }
}

/// The value of `--format`, read without clap.
fn requested(arguments: impl Iterator<Item = String>) -> FindingsFormat {
    let arguments: Vec<String> = arguments.collect();
    let after = arguments.windows(2).filter(|pair| pair[0] == "--format").map(|pair| pair[1].as_str());
    let joined = arguments.iter().filter_map(|argument| argument.strip_prefix("--format="));
    let value = after.chain(joined).last();
    value.and_then(|value| FindingsFormat::from_str(value, false).ok()).unwrap_or_default()
}
