//! `ecrgen render`

use std::mem::ManuallyDrop;

use super::Status;
use super::common::{Out, Specs, compare, status};
use super::stdio::write_stdout;
use crate::compile::is_clean;
use crate::report::files::{Action, WrittenFile};
use crate::tree::{Comparison, State};

/// Compile specs and write what changed
///
/// Nothing is written while there is an error. A file that ecrgen did not generate is never overwritten, and a change
/// that would lose images is refused until the spec says that it is meant.
///
/// Exit status: 0 written or unchanged, 2 refused.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    specs: Specs,

    #[command(flatten)]
    out: Out,
}

/// Runs the command.
pub fn run(args: &Args) -> anyhow::Result<Status> {
    // The process ends soon: freeing a large platform piece by piece would be time for nothing.
    let compilation = ManuallyDrop::new(args.specs.compile());
    let comparisons = compare(&compilation, &args.out.out)?;
    let findings = args.specs.show_all(&compilation, &args.out, &comparisons);
    if !is_clean(&findings) {
        return Ok(status(&findings));
    }
    let mut files = Vec::new();
    for comparison in &comparisons {
        let writable = comparison.writable().expect("refusals are findings");
        let actions = actions(comparison);
        writable.write()?;
        files.extend(actions);
    }
    write_stdout(args.specs.format.written(&compilation.sources, &files))?;
    Ok(Status::Good)
}

/// What writing does to each file.
fn actions(comparison: &Comparison) -> Vec<WrittenFile> {
    let made = comparison.files.iter().map(|(file, state)| {
        let action = match state {
            State::Same => Action::Unchanged,
            State::Differs { .. } => Action::Updated,
            State::Missing => Action::Created,
        };
        WrittenFile { path: file.path().to_string(), action }
    });
    let gone =
        comparison.orphans.iter().map(|orphan| WrittenFile { path: orphan.path.to_string(), action: Action::Removed });
    made.chain(gone).collect()
}
