//! `ecrgen man`

use anyhow::{anyhow, bail};
use clap_mangen::Man;

use super::stdio::write_stdout;
use super::{Status, command};
use crate::diagnostic::did_you_mean;

/// Generate a man page of ecrgen or of one of its commands
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  ecrgen man > ecrgen.1
  ecrgen man check > ecrgen-check.1
  ecrgen man check | man -l -

Exit status: 0 if the page was printed, 2 if the command is unknown.")]
pub struct Args {
    /// Command to describe [default: ecrgen itself, with a list of its commands]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,

    /// List the commands that have a page, one per line
    #[arg(long, conflicts_with = "command")]
    list: bool,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let mut all = command();
    // Gives each command its full name and the global options.
    all.build();
    let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "help").collect();
    if args.list {
        write_stdout(names.iter().map(|name| format!("{name}\n")).collect::<String>())?;
        return Ok(Status::Good);
    }
    let described = match &args.command {
        None => all,
        Some(name) if names.contains(&name.as_str()) => {
            all.find_subcommand(name).ok_or_else(|| anyhow!("`{name}` has no page"))?.clone()
        }
        Some(name) => bail!("the command `{name}` does not exist: {}", did_you_mean(name, names, "commands")),
    };
    let mut page = Vec::new();
    Man::new(described).render(&mut page)?;
    write_stdout(String::from_utf8(page)?)?;
    Ok(Status::Good)
}
