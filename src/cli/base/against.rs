//! The outputs of the base, and what has taken their places.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::git::is_real;
use super::{Base, BaseOutput};
use crate::compile::{States, forgotten, missing};
use crate::diagnostic::{Diagnostic, codes};
use crate::file;
use crate::prose::{self, count};
use crate::tree::{Comparison, Manifest, Owner, RelPath, within};

/// What the outputs of a run are compared with, and what is wrong with other outputs of the base.
pub struct Against {
    /// For each output of the run: the manifest that the base has of it, also if the output moved to another folder.
    pub committed: Vec<Option<Manifest>>,
    /// The states of all outputs that the base has.
    pub states: States,
    /// Outputs that are missing in the working tree, whole or in part, and platforms that the base does not have.
    pub findings: Vec<Diagnostic>,
}

/// The working tree, and the name of what it is compared with.
struct Judge<'b> {
    base: &'b Base<'b>,
    name: &'b str,
    /// The folders of the working tree with manifests.
    here: BTreeSet<(PathBuf, Owner)>,
    findings: Vec<Diagnostic>,
}

impl Against {
    /// Finds each output of the base again: in its place, or moved. `name` is the base on the command line.
    ///
    /// # Errors
    /// When git fails, or a manifest is damaged: of the base, or one that this change adds, which would be part of the next base.
    pub fn of(base: &Base, name: &str, out: &Path, comparisons: &[Comparison]) -> anyhow::Result<Against> {
        let here = file::real(out).unwrap_or_else(|| out.to_owned());
        let compiled: BTreeMap<&Owner, usize> =
            comparisons.iter().enumerate().map(|(at, it)| (it.tree().manifest().platform(), at)).collect();
        let mut committed: Vec<Option<Manifest>> = vec![None; comparisons.len()];
        let outputs = base.outputs()?;
        let mut judge = Judge { base, name, here: base.outputs_here()?, findings: Vec::new() };
        judge.read_added(&outputs)?;
        let mut states = States::default();
        outputs.iter().for_each(|output| states.add(&output.manifest, output.folder == here));
        let (in_place, others): (Vec<_>, Vec<_>) = outputs
            .into_iter()
            .partition(|output| output.folder == here && compiled.contains_key(output.manifest.platform()));
        for output in in_place {
            let at = compiled[output.manifest.platform()];
            committed[at] = Some(output.manifest);
        }
        let places: BTreeSet<(PathBuf, Owner)> =
            others.iter().map(|output| (output.folder.clone(), output.manifest.platform().clone())).collect();
        let hurts =
            |output: &BaseOutput| output.manifest.has_resources() || !forgotten(&output.manifest, None).is_empty();
        let others = others.into_iter().filter(hurts);
        let (kept, moved): (Vec<_>, Vec<_>) = judge.in_place(others.collect())?;

        let new_place = |owner: &Owner| compiled.get(owner).copied();
        let mut lost = Vec::new();
        for output in moved {
            match new_place(output.manifest.platform()).filter(|at| committed[*at].is_none()) {
                Some(at) => committed[at] = Some(output.manifest),
                None => lost.push(output),
            }
        }
        // A manifest that was left in the old place must not hide that the output moved. A platform has one output, but copies
        // of a repository can hold several.
        for (owner, at) in &compiled {
            let mut of_platform = kept.iter().filter(|output| output.manifest.platform() == *owner);
            if let (None, Some(only), None) = (&committed[*at], of_platform.next(), of_platform.next()) {
                committed[*at] = Some(only.manifest.clone());
            }
        }
        let is_taken = |folder: &Path, owner: &Owner| {
            places.contains(&(folder.to_owned(), owner.clone())) || folder == here && compiled.contains_key(owner)
        };
        for output in lost {
            judge.elsewhere(&output, is_taken)?;
        }
        for (comparison, committed) in comparisons.iter().zip(&committed) {
            if committed.is_none() {
                judge.findings.push(nothing(name, comparison.tree().manifest().platform()));
            }
        }
        Ok(Against { committed, states, findings: judge.findings })
    }
}

impl Judge<'_> {
    /// Reads the manifests that the base does not have. A damaged one would fail every later run against this change.
    fn read_added(&self, base: &[BaseOutput]) -> anyhow::Result<()> {
        let known: BTreeSet<(&Path, &Owner)> =
            base.iter().map(|output| (output.folder.as_path(), output.manifest.platform())).collect();
        for (folder, owner) in self.here.iter().filter(|(folder, owner)| !known.contains(&(folder.as_path(), owner))) {
            now(folder, owner)?;
        }
        Ok(())
    }

    /// Compares the outputs that are still in their places, and returns these and the others.
    fn in_place(&mut self, outputs: Vec<BaseOutput>) -> anyhow::Result<(Vec<BaseOutput>, Vec<BaseOutput>)> {
        let left_out = match self.base {
            Base::Commit { git, .. } if !outputs.is_empty() => git.left_out()?,
            _ => BTreeMap::new(),
        };
        let (mut kept, mut moved) = (Vec::new(), Vec::new());
        for output in outputs {
            let owner = output.manifest.platform();
            // A sparse checkout: the file is in the commit, unchanged.
            if left_out.get(&output.folder.join(Manifest::path(owner))) == Some(&output.object) {
                kept.push(output);
            } else if let Some(now) = now(&output.folder, owner)? {
                self.compare(&output, &now, &output.folder, &output.shown);
                kept.push(output);
            } else {
                moved.push(output);
            }
        }
        Ok((kept, moved))
    }

    /// Looks for an output that is neither in its place nor part of the run.
    fn elsewhere(&mut self, output: &BaseOutput, is_taken: impl Fn(&Path, &Owner) -> bool) -> anyhow::Result<()> {
        let owner = output.manifest.platform();
        let candidates = self.here.iter().filter(|(folder, platform)| platform == owner && !is_taken(folder, owner));
        let candidates: Vec<PathBuf> = candidates.map(|(folder, _)| folder.clone()).collect();
        for folder in &candidates {
            if let Some(now) = now(folder, owner)? {
                let shown = self.shown(folder);
                self.findings.push(moved(output, owner, &shown));
                self.compare(output, &now, folder, &shown);
                return Ok(());
            }
        }
        let name = self.name;
        if !output.manifest.has_resources() {
            let forgotten = forgotten(&output.manifest, None);
            self.findings.push(removals_lost(name, owner, &output.shown, &forgotten));
            return Ok(());
        }
        let (repositories, others) = missing(&output.manifest, None);
        let message = format!(
            "{name} has the output of platform `{owner}` in `{}`, which is missing here: applying this would delete {}",
            output.shown,
            what(&repositories, &others)
        );
        self.findings.push(Diagnostic::without_place(&codes::OUTPUT_LOST, message).help(format!(
            "if the platform was renamed, restore `platform: {owner}`\n\
             to give up the platform, keep its spec, list everything under `removed`, render it, and delete the output in a later \
             change"
        )));
        Ok(())
    }

    /// Reports what an output of the base has and the present output of the same platform lacks.
    fn compare(&mut self, output: &BaseOutput, now: &Manifest, folder: &Path, shown: &str) {
        let (name, owner) = (self.name, output.manifest.platform());
        let (repositories, others) = missing(&output.manifest, Some(now));
        if !repositories.is_empty() || !others.is_empty() {
            let message = format!(
                "the output of platform `{owner}` in `{shown}` has lost what {name} has: applying this would delete {}",
                what(&repositories, &others)
            );
            let help = format!(
                "restore it in the spec of platform `{owner}`, or list it there under `removed`, and render that spec"
            );
            self.findings.push(Diagnostic::without_place(&codes::OUTPUT_LOST, message).help(help));
        }
        let forgotten = forgotten(&output.manifest, Some(now));
        if !forgotten.is_empty() {
            self.findings.push(removals_lost(name, owner, shown, &forgotten));
        }
        // In its place, a missing file that the base does not have is only drift.
        let is_listed = |path: &&RelPath| folder != output.folder || output.manifest.files().contains(*path);
        let listed = now.files().iter().filter(|path| path.as_str().ends_with(".tf")).filter(is_listed);
        let absent: Vec<&str> = listed.map(|path| path.as_str()).filter(|path| !folder.join(path).exists()).collect();
        if !absent.is_empty() {
            let files = prose::named(absent.iter().copied(), prose::FEW_NAMED);
            let lack = if absent.len() == 1 { "a file is" } else { "files are" };
            let message = format!(
                "in the output of platform `{owner}` in `{shown}`, {lack} missing: applying this would delete what {name} has in {files}"
            );
            let help = format!("restore the output from git, or render the spec of platform `{owner}`");
            self.findings.push(Diagnostic::without_place(&codes::OUTPUT_LOST, message).help(help));
        }
    }

    /// A folder of the working tree, as the base calls folders.
    fn shown(&self, folder: &Path) -> String {
        let top = match self.base {
            Base::Commit { .. } => file::repository_of(folder),
            Base::Folder { .. } => None,
        };
        let below = top.as_ref().and_then(|top| folder.strip_prefix(top).ok()).unwrap_or(folder);
        if below.as_os_str().is_empty() { ".".to_owned() } else { below.display().to_string() }
    }
}

/// The manifest of a platform in a folder, if no link leads there.
fn now(folder: &Path, owner: &Owner) -> anyhow::Result<Option<Manifest>> {
    match is_real(Path::new(""), folder) && is_real(Path::new(""), &folder.join(crate::tree::MANIFESTS)) {
        true => Manifest::read(folder, owner),
        false => Ok(None),
    }
}

/// What would be deleted, in words.
fn what(repositories: &[String], others: &[String]) -> String {
    let images = if repositories.len() == 1 { "its images" } else { "their images" };
    let named = |names: &[String]| prose::named(names.iter().map(String::as_str), prose::FEW_NAMED);
    let repositories = (!repositories.is_empty()).then(|| {
        let word = if repositories.len() == 1 { "repository" } else { "repositories" };
        format!("{word} {} and {images}", named(repositories))
    });
    let others = (!others.is_empty()).then(|| format!("{} ({})", count(others.len(), "other resource"), named(others)));
    repositories.into_iter().chain(others).collect::<Vec<_>>().join(", and ")
}

/// The blocks that keep removed resources are missing. Nothing tells whether they are applied.
fn removals_lost(name: &str, owner: &Owner, shown: &str, forgotten: &[String]) -> Diagnostic {
    let named = prose::named(forgotten.iter().map(String::as_str), prose::FEW_NAMED);
    let message = format!(
        "{name} lists {named} under `removed` in the output of platform `{owner}` in `{shown}`, which is missing here: unless \
         the change that removed this is already applied, an apply deletes it"
    );
    Diagnostic::without_place(&codes::REMOVAL_DROPPED, message)
        .help("restore the output from git until that change is applied in every environment")
}

/// The output of a platform that is not part of the run is in another folder now.
fn moved(output: &BaseOutput, owner: &Owner, shown: &str) -> Diagnostic {
    let message = format!(
        "the output of platform `{owner}` moved from `{}` to `{shown}`, and its spec is not part of this run",
        output.shown
    );
    Diagnostic::without_place(&codes::OUTPUT_MOVED, message)
        .help(format!("check the spec of platform `{owner}` with the same base and `--out {shown}`"))
}

/// The base does not have a platform of the run.
fn nothing(name: &str, owner: &Owner) -> Diagnostic {
    let message = format!("{name} has no output of platform `{owner}`, so there is nothing to compare with");
    let manifest = within(Path::new("."), &Manifest::path(owner));
    Diagnostic::without_place(&codes::BASE_WITHOUT_OUTPUT, message)
        .help(format!("if the platform is not new, commit `{manifest}`, or name the revision that has it"))
}
