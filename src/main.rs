//! The `ecrgen` program: parses the command line, runs one command and exits with its status.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ecrgen::cli::main()
}
