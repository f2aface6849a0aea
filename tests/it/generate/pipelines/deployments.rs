//! A GitOps repository with a real Git.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A repository that jobs clone and push to.
pub struct Deployments {
    folder: tempfile::TempDir,
    path: &'static str,
}

impl Deployments {
    /// A repository with this path on its server, and with these files.
    pub fn new(path: &'static str, files: &[&str]) -> Self {
        let deployments = Deployments { folder: tempfile::tempdir().expect("a folder"), path };
        git(deployments.folder.path(), &["init", "--quiet", "--bare", &format!("{path}.git")]);
        let clone = deployments.clone_of();
        for file in files {
            let file = clone.path().join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, "old\n").expect("a file");
        }
        git(clone.path(), &["add", "."]);
        git(clone.path(), &["commit", "--quiet", "--message", "first"]);
        git(clone.path(), &["push", "--quiet", "origin", "HEAD"]);
        deployments
    }

    /// The URL of the server.
    pub fn server(&self) -> String {
        format!("file://{}", self.folder.path().display())
    }

    /// Clones it into a new folder.
    pub fn clone_into(&self, folder: &Path) {
        let url = format!("{}/{}.git", self.server(), self.path);
        git(self.folder.path(), &["clone", "--quiet", &url, &folder.display().to_string()]);
    }

    /// A command of a shell that pushes a commit to the repository with this path on a server, as another job would.
    pub fn push_command(server: &str, path: &str) -> String {
        let git = "git -c user.name=t -c user.email=t@example.com -C other";
        format!(
            "git clone -q {server}/{path}.git other && {git} commit -q --allow-empty -m another && {git} push -q origin HEAD && rm -rf other"
        )
    }

    /// The content of a file.
    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.clone_of().path().join(file)).expect("a file")
    }

    /// The subjects of its commits, the newest first.
    pub fn subjects(&self) -> Vec<String> {
        git(self.clone_of().path(), &["log", "--format=%s"]).lines().map(str::to_owned).collect()
    }

    fn clone_of(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        self.clone_into(folder.path());
        folder
    }
}

/// Git in a folder, as a person whom no configuration describes.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}
