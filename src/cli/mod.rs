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
mod render;
mod schema;
mod simulate;
mod stdio;
mod terminal;

use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use self::format::FindingsFormat;
use self::terminal::style;
use crate::report::failure::Failure;

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
    let matches = command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let status = cli.command.run().unwrap_or_else(|error| {
        stdio::write_stderr(format(&matches).failure(&failure(&error)));
        Status::Refused
    });
    ExitCode::from(status as u8)
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
