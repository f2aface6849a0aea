//! The command line: one file a command.

mod access;
mod check;
mod clock;
mod common;
mod explain;
mod format;
mod init;
mod lint;
mod render;
mod schema;
mod simulate;
mod stdio;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::escape::terminal::Charset;
use crate::report::{Color, Style};

/// Compiles a small YAML platform spec to Terraform for Amazon ECR.
#[derive(Parser)]
#[command(name = "ecrgen", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Render(render::Args),
    Check(check::Args),
    Lint(lint::Args),
    Simulate(simulate::Args),
    Access(access::Args),
    Explain(explain::Args),
    Init(init::Args),
    Schema(schema::Args),
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
    let cli = Cli::parse();
    let status = match cli.command {
        Command::Render(args) => render::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Access(args) => access::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Schema(args) => schema::run(&args),
    };
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
