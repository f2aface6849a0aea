//! The command line: one file per command, and one visible list.

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

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::escape::terminal::Charset;
use crate::report::{Color, Style};

/// Compiles a small YAML platform spec to Terraform for Amazon ECR.
#[derive(Parser)]
#[command(name = "ecrgen", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Declares the commands: what clap reads, and what runs it.
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

// In the order of the help.
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

/// The command line as clap knows it: commands, options, help texts.
pub fn command() -> clap::Command {
    Cli::command()
}

/// How a command ended; the process exits with this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well.
    Good = 0,
    /// The question was answered, and the answer is no: drift, or findings.
    No = 1,
    /// The question could not be answered, or the work was refused.
    Refused = 2,
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let status = Cli::parse().command.run();
    let status = status.unwrap_or_else(|error| {
        stdio::write_stderr(format!("{}: {error:#}\n", error_word()));
        Status::Refused
    });
    ExitCode::from(status as u8)
}

fn error_word() -> String {
    let style = anstyle::Style::new().fg_color(Some(anstyle::AnsiColor::Red.into())).bold();
    format!("{style}error{style:#}")
}

/// How text is shown: anstream strips the colors where the terminal, a pipe or `NO_COLOR` wants none.
fn style() -> Style {
    let utf8 =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).find(|v| !v.is_empty());
    // A pipe or file takes UTF-8 whatever the locale; a terminal shows only what its locale says.
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let narrow = terminal && utf8.is_some_and(|locale| !locale.to_lowercase().replace('-', "").contains("utf8"));
    Style { color: Color::Colored, charset: if narrow { Charset::Ascii } else { Charset::Utf8 } }
}
