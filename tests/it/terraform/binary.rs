//! The installed `terraform` program, if there is one.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A `terraform` that installs providers from a folder, without the network.
pub struct Terraform {
    program: PathBuf,
    /// A folder with the test's own CLI configuration. The one in the environment may name a file that does not exist.
    settings: TempDir,
}

impl Terraform {
    /// Finds `terraform` on the PATH. If it is missing, reports that the test is skipped, and the calling test should
    /// return. Panics instead if `ECRGEN_REQUIRE_TERRAFORM` is set.
    pub fn find() -> Option<Terraform> {
        let folders = env::var_os("PATH").unwrap_or_default();
        let program = env::split_paths(&folders).map(|folder| folder.join("terraform")).find(|path| path.is_file());
        program.map(|program| Terraform::new(program, None)).or_else(|| absent("no `terraform` on the PATH"))
    }

    /// Finds `terraform` and a folder that it can install the provider from, for example `hashicorp/aws` 5.100.0.
    pub fn find_with_provider(provider: &str, version: &str) -> Option<Terraform> {
        let terraform = Terraform::find()?;
        let package = Path::new("registry.terraform.io").join(provider).join(version);
        match mirrors().into_iter().find(|mirror| mirror.join(&package).is_dir()) {
            Some(mirror) => Some(Terraform::new(terraform.program, Some(&mirror))),
            None => absent(&format!("no folder with provider {provider} {version}; TF_PLUGIN_MIRROR can name one")),
        }
    }

    fn new(program: PathBuf, mirror: Option<&Path>) -> Terraform {
        let settings = TempDir::new().expect("a temporary folder");
        let installation = mirror.map_or(String::new(), |mirror| {
            format!("provider_installation {{\n  filesystem_mirror {{\n    path = {mirror:?}\n  }}\n}}\n")
        });
        let text = format!("disable_checkpoint = true\n{installation}");
        fs::write(settings.path().join("terraform.rc"), text).expect("a CLI configuration file");
        Terraform { program, settings }
    }

    /// Runs it in a folder and returns its exit status and output.
    pub fn run(&self, folder: &Path, arguments: &[&str]) -> Output {
        self.command(folder).args(arguments).output().expect("terraform runs")
    }

    /// The program in a folder, without the Terraform settings of the environment.
    pub fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TF_")) {
            command.env_remove(name);
        }
        command
            .current_dir(folder)
            .env("TF_CLI_CONFIG_FILE", self.settings.path().join("terraform.rc"))
            .env("TF_IN_AUTOMATION", "1")
            // Each command starts the AWS provider several times, which builds its schemas each time: with fewer collections of
            // garbage, a plan takes a quarter less processor time.
            .env("GOGC", "400")
            .stdin(Stdio::null());
        command
    }
}

fn absent<T>(what: &str) -> Option<T> {
    assert!(env::var_os("ECRGEN_REQUIRE_TERRAFORM").is_none(), "{what}");
    crate::harness::skipped(what);
    None
}

/// Folders with providers as `registry.terraform.io/<namespace>/<name>/<version>`.
fn mirrors() -> Vec<PathBuf> {
    let named = env::var_os("TF_PLUGIN_MIRROR").map(PathBuf::from);
    let home = env::var_os("HOME").map(PathBuf::from);
    let common = ["/opt", "/usr/local", "/usr/share"].map(PathBuf::from);
    let mut found = Vec::new();
    for root in named.into_iter().chain(common).chain(home) {
        collect_mirrors(&root, 3, &mut found);
    }
    found
}

fn collect_mirrors(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if folder.join("registry.terraform.io").is_dir() {
        found.push(folder.to_owned());
    }
    let Some(depth) = depth.checked_sub(1) else { return };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        collect_mirrors(&entry.path(), depth, found);
    }
}
