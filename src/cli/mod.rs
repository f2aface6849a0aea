//! The command line: one file per command, and one list of all commands.

mod access;
mod base;
mod check;
mod clock;
mod common;
mod completions;
mod environment;
mod explain;
mod failed;
mod format;
mod init;
mod lint;
mod man;
mod next;
mod on_disk;
mod options;
mod render;
mod schema;
mod simulate;
mod specs;
mod stdio;
mod tag;
mod terminal;

use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use self::failed::{Failed, Found};
use self::format::{AccessFormat, FindingsFormat, SimulationFormat, TagFormat};
use self::options::When;
use self::terminal::style;
use crate::report::failure::Failure;

/// Compile a small YAML platform spec to Terraform for Amazon ECR
#[derive(Parser)]
#[command(name = "ecrgen", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  ecrgen init     Write a starter spec to ecrgen.yaml
  ecrgen render   Generate the Terraform files
  ecrgen check    Verify in CI that the committed files are up to date

Run 'ecrgen <COMMAND> --help' for the options, examples and exit statuses of a command.")]
struct Cli {
    #[command(flatten)]
    options: options::Options,

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
    Tag = tag,
    Explain = explain,
    Init = init,
    Schema = schema,
    Completions = completions,
    Man = man,
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
    // Before clap reads the command line, because its errors have colors too.
    let color: When = failed::usage::requested("--color");
    color.apply();
    let matches = match command().color(color.into()).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return failed::usage::reject(&error),
    };
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    cli.options.apply();
    let status = cli.command.run().unwrap_or_else(|error| {
        let Failed { failure, found } = Failed::of(error);
        fail(format(&matches), &failure, &found);
        Status::Refused
    });
    ExitCode::from(status as u8)
}

/// Reports the error that ends a command: to people on standard error, and to programs as the one document on standard
/// output.
fn fail(format: FindingsFormat, failure: &Failure, found: &Found) {
    let printed = format.failure(failure, &found.sources, &found.findings);
    let is_told = format != FindingsFormat::Text && stdio::write_stdout(printed).is_ok();
    if !is_told {
        stdio::write_stderr(FindingsFormat::Text.failure(failure, &found.sources, &found.findings));
    }
}

/// The format for errors that end a command.
fn format(matches: &ArgMatches) -> FindingsFormat {
    let Some((_, matches)) = matches.subcommand() else { return FindingsFormat::default() };
    let of_findings = matches.try_get_one::<FindingsFormat>("format").ok().flatten();
    let of_access = matches.try_get_one::<AccessFormat>("format").ok().flatten();
    let of_simulation = matches.try_get_one::<SimulationFormat>("format").ok().flatten();
    let of_tag = matches.try_get_one::<TagFormat>("format").ok().flatten();
    let converted = of_access.map(|format| FindingsFormat::from(*format));
    let converted = converted.or_else(|| of_simulation.map(|format| FindingsFormat::from(*format)));
    let converted = converted.or_else(|| of_tag.map(|format| FindingsFormat::from(*format)));
    of_findings.copied().or(converted).unwrap_or_default()
}
