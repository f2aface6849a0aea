//! A temporary folder of files to run the program in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A temporary folder with spec files that `ecrgen` runs in.
pub struct Case {
    folder: TempDir,
}

/// The output of a run of the program, and its exit status.
#[derive(Debug)]
pub struct Outcome {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Case {
    /// An empty folder.
    pub fn new() -> Self {
        Case { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Adds a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be created");
        fs::write(path, text).expect("a file can be written");
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A file's text.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The program with its arguments, ready to run in the folder: without colors and a width, and independent of the environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ecrgen"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .env_remove("GITHUB_ACTIONS")
            .env_remove("COLUMNS");
        command
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().expect("the program runs");
        Outcome {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// The path and bytes of every file below the folder, sorted.
    pub fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_below(self.folder.path())
    }
}

/// The relative path and the bytes of every file below a folder, sorted.
pub fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder can be read").map(|entry| entry.expect("an entry")) {
            match entry.file_type().expect("a type").is_dir() {
                true => folders.push(entry.path()),
                false => {
                    let path = entry.path().strip_prefix(folder).expect("below").to_owned();
                    files.push((path, fs::read(entry.path()).expect("a file can be read")));
                }
            }
        }
    }
    files.sort();
    files
}

/// The text of every file below a folder, by its relative path.
pub fn texts_below(folder: &Path) -> BTreeMap<String, String> {
    let text = |(path, bytes): (PathBuf, Vec<u8>)| {
        (path.display().to_string(), String::from_utf8(bytes).unwrap_or_else(|_| panic!("{} is UTF-8", path.display())))
    };
    files_below(folder).into_iter().map(text).collect()
}

/// The names of the specs in `specs/`, sorted.
pub fn shipped_names() -> Vec<String> {
    let files = files_below(&repository().join("specs"));
    files.iter().filter_map(|(path, _)| Some(path.to_str()?.strip_suffix(".yaml")?.to_owned())).collect()
}

/// The folder of this repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
