//! The command line: one file per command, and one list of all commands.

mod access;
mod base;
mod check;
mod clock;
mod common;
mod completions;
mod explain;
mod format;
mod init;
mod lint;
mod on_disk;
mod render;
mod schema;
mod simulate;
mod stdio;

use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use self::format::FindingsFormat;
use crate::escape::terminal::Charset;
use crate::report::failure::Failure;
use crate::report::{Color, Style};

/// Compile a small YAML platform spec to Terraform for Amazon ECR
#[derive(Parser)]
#[command(name = "ecrgen", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  ecrgen init                   Write a starter spec to platform.yaml
  ecrgen render platform.yaml   Generate the Terraform files
  ecrgen check platform.yaml    Verify in CI that the committed files are up to date

Run 'ecrgen <COMMAND> --help' for the options, examples and exit statuses of a command.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Declares the commands: the enum that clap parses, and the function that runs each of them.
macro_rules! commands {
    ($($Name:ident = $module:ident,)+) => {
        #[derive(Subcommand)]
        enum Command {
            $($Name($module::Args),)+
        }

        impl Command {
            fn run(&self) -> anyhow::Result<Status> {
                match self {
                    $(Command::$Name(args) => $module::run(args),)+
                }
            }
        }
    };
}

// In the order in which `--help` lists them.
commands! {
    Render = render,
    Check = check,
    Lint = lint,
    Simulate = simulate,
    Access = access,
    Explain = explain,
    Init = init,
    Schema = schema,
    Completions = completions,
}

/// The command line as clap sees it: commands, options and help texts.
pub fn command() -> clap::Command {
    Cli::command()
}

/// How a command ended. The process exits with this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The command succeeded, or the answer is yes.
    Good = 0,
    /// The command ran, and the answer is no: it found drift or problems.
    No = 1,
    /// The command could not run, or ecrgen refused to write.
    Refused = 2,
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return misused(error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return misused(error),
    };
    let status = cli.command.run().unwrap_or_else(|error| {
        stdio::write_stderr(format(&matches).failure(&failure(&error)));
        Status::Refused
    });
    ExitCode::from(status as u8)
}

/// Prints the help, the version, or an error about the arguments.
///
/// An error quotes arguments as they are, and in CI a pattern such as `*.yaml` can expand to file names of a pull request. So
/// the error is that of the same arguments without characters that act on a terminal or end a line.
fn misused(error: clap::Error) -> ExitCode {
    if !error.use_stderr() {
        error.exit();
    }
    let visible = std::env::args_os().map(|argument| Charset::Utf8.sanitize(&argument.to_string_lossy()));
    let error = command().try_get_matches_from(visible).err().unwrap_or(error);
    stdio::write_stderr(error.render().ansi().to_string());
    ExitCode::from(Status::Refused as u8)
}

/// The format for errors that are not about a spec: that of findings, or text if the command has no findings.
fn format(matches: &ArgMatches) -> FindingsFormat {
    let of_command = matches.subcommand().map(|(_, matches)| matches.try_get_one::<FindingsFormat>("format"));
    of_command.and_then(Result::ok).flatten().copied().unwrap_or_default()
}

fn failure(error: &anyhow::Error) -> Failure {
    let details = error.downcast_ref::<Failure>().cloned();
    details.unwrap_or_else(|| Failure { message: format!("{error:#}"), details: Vec::new() })
}

/// How to print text. anstream strips the colors for pipes, for `NO_COLOR` and for terminals without colors.
fn style() -> Style {
    let utf8 =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).find(|v| !v.is_empty());
    // Pipes and files get UTF-8 whatever the locale. A terminal only shows the characters of its locale.
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let narrow = terminal && utf8.is_some_and(|locale| !locale.to_lowercase().replace('-', "").contains("utf8"));
    Style { color: Color::Colored, charset: if narrow { Charset::Ascii } else { Charset::Utf8 } }
}
