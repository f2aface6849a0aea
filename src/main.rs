//! The `ecrgen` program: parses the command line, runs a command, exits with its status.

use std::process::ExitCode;

fn main() -> ExitCode {
    ecrgen::cli::main()
}
