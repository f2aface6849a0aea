//! Command lines that ecrgen does not understand.

use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Error, ValueEnum};

use super::{Found, tips};
use crate::cli::format::FindingsFormat;
use crate::cli::stdio::write_stderr;
use crate::cli::{Status, command, fail};
use crate::escape::terminal::Charset;
use crate::report::failure::Failure;

/// Reports a command line that clap rejects, in the format that it asks for. Also prints help and the version.
pub(in crate::cli) fn reject(error: &Error) -> ExitCode {
    let format: FindingsFormat = requested("--format");
    if let Some(failure) = of_another_tool(error) {
        fail(format, &failure, &Found::default());
        return ExitCode::from(Status::Refused as u8);
    }
    let is_help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if is_help {
        error.exit();
    }
    match format {
        FindingsFormat::Text => write_stderr(visible().unwrap_or_else(|| error.render()).ansi().to_string()),
        _ => fail(format, &failure(error), &Found::default()),
    }
    ExitCode::from(Status::Refused as u8)
}

/// The error about the same arguments without characters that act on a terminal or end a line.
///
/// An error quotes arguments as they are, and in CI a pattern such as `*.yaml` can expand to file names of a pull request.
fn visible() -> Option<StyledStr> {
    let visible = std::env::args_os().map(|argument| Charset::Utf8.sanitize(&argument.to_string_lossy()));
    Some(command().try_get_matches_from(visible).err()?.render())
}

/// A command or an option that ecrgen does not have and other tools have.
fn of_another_tool(error: &Error) -> Option<Failure> {
    if let (ErrorKind::UnknownArgument, Some(ContextValue::String(option))) =
        (error.kind(), error.get(ContextKind::InvalidArg))
    {
        let option = option.split('=').next().unwrap_or(option);
        let tip = tips::instead_of_option(option)?;
        return Some(Failure {
            message: format!("this command has no option `{option}`"),
            details: vec![tip.to_owned()],
        });
    }
    let Some(ContextValue::String(command)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let tip = tips::instead_of(command)?;
    Some(Failure { message: format!("ecrgen has no command `{command}`"), details: vec![tip.to_owned()] })
}

/// The text of clap, which starts with `error: ` and continues with tips and the usage.
fn failure(error: &Error) -> Failure {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first).to_owned();
    Failure { message, details: lines.map(str::to_owned).collect() }
}

/// The value of an option on a command line that clap has not read, or does not understand.
pub(in crate::cli) fn requested<T: ValueEnum + Default>(option: &str) -> T {
    let arguments: Vec<String> = std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect();
    let after = arguments.windows(2).filter(|pair| pair[0] == option).map(|pair| pair[1].as_str());
    let joined = arguments.iter().filter_map(|argument| argument.strip_prefix(option)?.strip_prefix('='));
    let value = after.chain(joined).last();
    value.and_then(|value| T::from_str(value, false).ok()).unwrap_or_default()
}
