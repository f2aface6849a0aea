//! `ecrgen completions`

use clap_complete::Shell;

use super::stdio::write_stdout;
use super::{Status, command};

/// Generate a completion script for a shell
#[derive(clap::Args)]
#[command(after_long_help = "\
Examples:
  ecrgen completions bash > ~/.local/share/bash-completion/completions/ecrgen
  ecrgen completions fish > ~/.config/fish/completions/ecrgen.fish

Exit status: 0 if the script was printed, 2 if the shell is unknown.")]
pub struct Args {
    /// Shell to generate the script for
    shell: Shell,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "ecrgen", &mut script);
    write_stdout(String::from_utf8(script)?)?;
    Ok(Status::Good)
}
