//! Codes about pipelines.

use super::{codes, spec};

codes! {
    BAD_PIPELINE = {
        name: "bad-pipeline",
        severity: Error,
        what: "The keys of a pipeline do not fit together.",
        why: "The check `drift` runs ecrgen, so the pipeline must know where to get it, and an archive without a checksum could \
              be replaced. Only one thing can apply a root module: the workspace, the job `apply`, or Atlantis. With two of them, each \
              would undo or block what the other one does.",
        bad: spec!("
pipelines:
  infrastructure: { checks: all }
"),
        good: spec!("
pipelines:
  infrastructure: { checks: all, install: { git: \"https://github.com/example/ecrgen\" } }
"),
        source: "ecrgen, `docs/pipelines.md`",
    }
}
