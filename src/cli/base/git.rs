//! What `git` says about a repository.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use anyhow::{Context, bail};

use super::BaseOutput;
use crate::file;
use crate::tree::{MANIFESTS, Manifest, Owner};

/// The most outputs that a commit can have. A repository with more of them usually holds copies of other repositories.
const MOST_OUTPUTS: usize = 10_000;

/// A git repository.
pub struct Git {
    /// A folder in it that exists.
    folder: PathBuf,
}

impl Git {
    /// The repository of an output folder, which need not exist.
    pub fn of(out: &Path) -> Git {
        Git { folder: file::existing(out).unwrap_or_else(|| PathBuf::from(".")) }
    }

    /// The hash of the commit that a text names.
    ///
    /// # Errors
    /// When git cannot be started. Without git, a folder can still be the base.
    pub fn commit(&self, base: &str) -> anyhow::Result<Option<String>> {
        let revision = format!("{base}^{{commit}}");
        match self.run(&["rev-parse", "--quiet", "--verify", "--end-of-options", &revision]) {
            Ok(found) if found.status.success() => Ok(Some(String::from_utf8_lossy(&found.stdout).trim().to_owned())),
            Ok(_) => Ok(None),
            Err(_) if Path::new(base).is_dir() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The outputs in a commit, sorted by path.
    ///
    /// # Errors
    /// When git fails, there are too many outputs, or a manifest is damaged.
    pub fn outputs_of(&self, hash: &str) -> anyhow::Result<Vec<BaseOutput>> {
        let top = self.top()?;
        let listed = paths(self.run(&["ls-tree", "-r", "-z", "--full-tree", hash])?)?;
        // Each entry is `mode type object<TAB>path`.
        let entries = listed.split('\0').filter_map(|entry| entry.split_once('\t'));
        let files = entries.filter(|(about, _)| about.starts_with("100"));
        let found: Vec<(&str, &str, &str, Owner)> = files
            .filter_map(|(about, path)| {
                let (folder, owner) = place(path)?;
                Some((about.rsplit(' ').next()?, path, folder, owner))
            })
            .collect();
        if found.len() > MOST_OUTPUTS {
            bail!("--base: {hash} has {} outputs, more than {MOST_OUTPUTS}", found.len());
        }
        let objects: Vec<&str> = found.iter().map(|(object, ..)| *object).collect();
        let mut outputs = Vec::new();
        for (blob, (object, path, folder, owner)) in self.blobs(&objects)?.into_iter().zip(found) {
            let manifest = Manifest::from_json(&blob).with_context(|| format!("{path} is damaged in {hash}"))?;
            if *manifest.platform() != owner {
                bail!("{path} is the manifest of platform {} in {hash}", manifest.platform());
            }
            let shown = if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
            let object = object.to_owned();
            outputs.push(BaseOutput { folder: top.join(folder), shown, manifest, object });
        }
        Ok(outputs)
    }

    /// The folders of the working tree that have manifests, committed or not, and their platforms. Sorted.
    ///
    /// # Errors
    /// When git fails, or there are too many.
    pub fn outputs_here(&self) -> anyhow::Result<BTreeSet<(PathBuf, Owner)>> {
        let top = self.top()?;
        let pattern = format!(":(top,glob)**/{MANIFESTS}/*.json");
        let list = ["ls-files", "-z", "--full-name", "--cached", "--others", "--exclude-standard", "--", &pattern];
        let listed = paths(self.run(&list)?)?;
        let places = listed.split('\0').filter_map(place).map(|(folder, owner)| (top.join(folder), owner));
        let found: BTreeSet<(PathBuf, Owner)> = places.filter(|(folder, _)| is_real(&top, folder)).collect();
        if found.len() > MOST_OUTPUTS {
            bail!("--base: the working tree has {} outputs, more than {MOST_OUTPUTS}", found.len());
        }
        Ok(found)
    }

    /// The manifests that the index has and a sparse checkout leaves out, by path: their objects.
    ///
    /// # Errors
    /// When git fails.
    pub fn left_out(&self) -> anyhow::Result<BTreeMap<PathBuf, String>> {
        let top = self.top()?;
        let pattern = format!(":(top,glob)**/{MANIFESTS}/*.json");
        let listed = paths(self.run(&["ls-files", "-z", "-t", "-s", "--full-name", "--", &pattern])?)?;
        // Each entry is `tag mode object stage<TAB>path`. The tag of a file that is left out is `S`.
        let entries = listed.split('\0').filter_map(|entry| entry.split_once('\t'));
        let left_out = entries.filter(|(about, _)| about.starts_with("S "));
        Ok(left_out.filter_map(|(about, path)| Some((top.join(path), about.split(' ').nth(2)?.to_owned()))).collect())
    }

    /// The texts of objects.
    ///
    /// # Errors
    /// When git fails, or a text is not UTF-8.
    pub fn blobs(&self, objects: &[&str]) -> anyhow::Result<Vec<String>> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let mut command = self.command(&["cat-file", "--batch"]);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("--base needs the program `git`, or a folder")?;
        let mut input = child.stdin.take().expect("it is piped");
        let asked = objects.join("\n") + "\n";
        // git answers while it is asked, and both pipes have an end.
        let output = thread::scope(|scope| {
            // If git ended early, its status says so.
            scope.spawn(move || drop(input.write_all(asked.as_bytes())));
            child.wait_with_output()
        });
        let answered = text(output.context("--base: git cannot be run")?)?;
        let mut rest = answered.as_str();
        let mut blobs = Vec::with_capacity(objects.len());
        for object in objects {
            let answer = rest.split_once('\n').and_then(|(about, after)| {
                let size: usize = about.strip_prefix(object)?.strip_prefix(" blob ")?.parse().ok()?;
                Some((after.get(..size)?, after.get(size + 1..)?))
            });
            let (blob, after) = answer.with_context(|| format!("--base: git cannot read {object}"))?;
            blobs.push(blob.to_owned());
            rest = after;
        }
        Ok(blobs)
    }

    /// The top of the working tree.
    fn top(&self) -> anyhow::Result<PathBuf> {
        let top = text(self.run(&["rev-parse", "--show-toplevel"])?)?;
        let top = PathBuf::from(top.trim_end_matches(['\r', '\n']));
        top.canonicalize().with_context(|| format!("cannot read {}", top.display()))
    }

    fn run(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        self.command(arguments).output().context("--base needs the program `git`, or a folder")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // A monitor that the configuration names would be a program that ecrgen starts.
        command.arg("-C").arg(&self.folder).args(["-c", "core.fsmonitor=false"]).args(arguments);
        command
    }
}

/// The output folder and the platform of a manifest's path.
fn place(path: &str) -> Option<(&str, Owner)> {
    let (folder, name) = path.rsplit_once('/')?;
    let folder = folder.strip_suffix(MANIFESTS)?;
    let folder = if folder.is_empty() { folder } else { folder.strip_suffix('/')? };
    Some((folder, Owner::parse(name.strip_suffix(".json")?).ok()?))
}

/// Whether a folder exists, and no link leads to it.
pub(super) fn is_real(top: &Path, folder: &Path) -> bool {
    folder.canonicalize().is_ok_and(|real| real == folder && real.starts_with(top))
}

/// A list of paths. ecrgen itself writes only paths that are UTF-8.
fn paths(output: Output) -> anyhow::Result<String> {
    let lossy = String::from_utf8_lossy(&output.stdout).into_owned();
    text(Output { stdout: lossy.into_bytes(), ..output })
}

fn text(output: Output) -> anyhow::Result<String> {
    if !output.status.success() {
        bail!("--base: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).context("--base: git printed something that is not UTF-8")
}
