//! Tools that judge files: linters and schema checkers from `.venv`, and checkov from `.venv-checkov`.
//!
//! `tool("zizmor", &["--offline", "--quiet", "."], folder)` runs one of them in a folder, which can be that of a `Case` or of
//! generated files. `accepts` is the same with the expectation that it finds nothing. `tests/python-env.sh` installs the tools,
//! and `tests/requirements.txt` lists them.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Outcome, repository, skipped};

/// Runs a tool in a folder. `None` if it is not installed: the test is reported as skipped, and should return. Panics instead if
/// `ECRGEN_REQUIRE_TOOLS` is set.
pub fn tool(name: &str, arguments: &[&str], folder: &Path) -> Option<Outcome> {
    let program = program(TOOLS, "tests/python-env.sh", name)?;
    Some(run(TOOLS, &program, arguments, folder))
}

/// Whether checkov is installed, under the conditions of `tool`. It needs other versions of packages than the tools in `.venv`, and
/// has its own environment.
pub fn has_checkov() -> bool {
    program(CHECKOV, "tests/checkov-env.sh", "checkov").is_some()
}

/// Runs checkov in a folder.
pub fn checkov(arguments: &[&str], folder: &Path) -> Outcome {
    run(CHECKOV, &repository().join(CHECKOV).join("checkov"), arguments, folder)
}

/// The programs in the environment of checkov.
const CHECKOV: &str = ".venv-checkov/bin";

/// The programs in the environment of all other tools.
const TOOLS: &str = ".venv/bin";

fn program(bin: &str, installer: &str, name: &str) -> Option<PathBuf> {
    let program = repository().join(bin).join(name);
    if program.is_file() {
        return Some(program);
    }
    let what = format!("no {}; {installer} installs it", program.display());
    assert!(env::var_os("ECRGEN_REQUIRE_TOOLS").is_none(), "{what}");
    skipped(&what);
    None
}

fn run(bin: &str, program: &Path, arguments: &[&str], folder: &Path) -> Outcome {
    let mut command = Command::new(program);
    // Linters look for other linters: actionlint runs shellcheck, for example.
    let path = format!("{}:{}", repository().join(bin).display(), env::var("PATH").unwrap_or_default());
    command.args(arguments).current_dir(folder).env("PATH", path).env("NO_COLOR", "1").env_remove("GITHUB_ACTIONS");
    let output = command.output().expect("the tool runs");
    Outcome {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a tool in a folder and expects that it finds nothing.
pub fn accepts(name: &str, arguments: &[&str], folder: &Path) {
    if let Some(outcome) = tool(name, arguments, folder) {
        assert_eq!(outcome.status, 0, "{name} {arguments:?}:\n{}{}", outcome.out, outcome.err);
    }
}
