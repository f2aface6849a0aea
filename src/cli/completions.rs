//! `ecrgen completions`

use clap_complete::Shell;

use super::stdio::write_stdout;
use super::{Status, command};

/// Print a completion script for a shell
///
/// For bash: ecrgen completions bash > ~/.local/share/bash-completion/completions/ecrgen
///
/// Exit status: 0.
#[derive(clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "ecrgen", &mut script);
    write_stdout(String::from_utf8(script)?)?;
    Ok(Status::Good)
}
