//! The shell scripts in workflows, and their runs with recorders in place of other programs.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::harness::accepts;

/// The scripts of a workflow: the blocks `run: |` of GitHub, and the items `- |` of GitLab.
pub fn scripts(workflow: &str) -> Vec<String> {
    let lines: Vec<&str> = workflow.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !matches!(line.trim_start(), "run: |" | "- |") {
            continue;
        }
        let below = lines[at + 1..].iter().take_while(|other| other.is_empty() || indent(other) > indent(line));
        let below: Vec<&str> = below.copied().collect();
        let margin = below.iter().filter(|line| !line.is_empty()).map(|line| indent(line)).min().expect("a script");
        let script = below.iter().map(|line| line.get(margin..).unwrap_or_default());
        found.push(script.collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n");
    }
    found
}

/// The only script that contains a text.
pub fn script_with(workflow: &str, text: &str) -> String {
    let all = scripts(workflow);
    let found: Vec<&String> = all.iter().filter(|script| script.contains(text)).collect();
    let [one] = found[..] else { panic!("{} scripts with {text:?} in {all:#?}", found.len()) };
    one.clone()
}

/// Panics if shellcheck has anything to say about a script, or if it contains an expression.
pub fn accept(script: &str) {
    assert!(!script.contains("${{"), "GitHub would put a value into the script:\n{script}");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("script.sh"), script).expect("a file");
    accepts("shellcheck", &["--shell=sh", "--enable=quote-safe-variables", "script.sh"], folder.path());
}

/// A folder in which scripts run, with programs that record their arguments.
pub struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    /// A stage on which these programs are recorders that succeed.
    pub fn with(programs: &[&str]) -> Stage {
        let stage = Stage { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(stage.path("bin")).expect("a folder");
        programs.iter().for_each(|program| stage.program(program, ""));
        stage
    }

    /// A path on the stage.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A recorder that then runs a script.
    pub fn program(&self, name: &str, then: &str) {
        let path = self.path("bin").join(name);
        let log = self.path("log");
        let text = format!("#!/bin/bash\necho \"{name} $*\" >> '{}'\n{then}\n", log.display());
        fs::write(&path, text).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
    }

    /// Runs a script as GitHub does (GitHub documentation, "Workflow syntax", `shell: bash`).
    pub fn run(&self, script: &str, environment: &[(&str, &str)]) -> Output {
        let file = self.path("script.sh");
        fs::write(&file, script).expect("a file");
        let path = format!("{}:/usr/bin:/bin", self.path("bin").display());
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(file).current_dir(self.folder.path());
        bash.env_clear().env("PATH", path).env("HOME", self.folder.path());
        for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_ENV"] {
            bash.env(name, self.path(name));
        }
        bash.envs(environment.iter().copied()).output().expect("bash")
    }

    /// What the recorders recorded, and forgets it.
    pub fn log(&self) -> Vec<String> {
        let path = self.path("log");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let _ = fs::remove_file(path);
        text.lines().map(str::to_owned).collect()
    }

    /// A file that the script wrote; empty if it did not.
    pub fn written(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }
}

/// Whether a folder has a file.
pub fn has(folder: &Path, name: &str) -> bool {
    folder.join(name).exists()
}
