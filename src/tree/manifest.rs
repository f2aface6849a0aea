//! The manifest `.ecrgen/<platform>.json`: a record of a platform's last render.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::module::{Modules, Values};
use super::{Owner, RelPath};
use crate::escape::shell;
use crate::file;
use crate::parallel;

/// The folder with the manifests, inside the output folder.
pub const FOLDER: &str = ".ecrgen";

/// The largest manifest that is read, in bytes. That of 100,000 repositories has 40 MB.
const MAX_BYTES: u64 = 256 << 20;

/// What manifests of format 1 record about each repository, by environment and key (`shared/piksel-core`): the values whose
/// change replaces the repository.
pub type Facts = BTreeMap<String, Values>;

/// The files of a platform, and the resources of its root modules whose loss hurts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Manifest {
    platform: Owner,
    files: BTreeSet<RelPath>,
    unfinished: BTreeSet<RelPath>,
    record: Record,
}

/// What a manifest records besides the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// Format 1: repositories only, without addresses.
    Repositories(Facts),
    /// Format 2.
    Modules(Modules),
}

/// A manifest as JSON.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format_version: u64,
    platform: Owner,
    files: BTreeSet<RelPath>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    unfinished: BTreeSet<RelPath>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repositories: Option<Facts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modules: Option<Modules>,
}

impl Manifest {
    /// A manifest of these files and modules.
    pub fn new(platform: Owner, files: BTreeSet<RelPath>, modules: Modules) -> Manifest {
        Manifest { platform, files, unfinished: BTreeSet::new(), record: Record::Modules(modules) }
    }

    /// The same record while a render adds these files. If it is killed, they may hold resources that the record lacks.
    pub(super) fn adding(&self, files: &BTreeSet<RelPath>) -> Manifest {
        let added = files.difference(&self.files).cloned();
        let unfinished = self.unfinished.iter().cloned().chain(added).collect();
        Manifest { files: self.files.union(files).cloned().collect(), unfinished, ..self.clone() }
    }

    /// The same files with another record.
    pub(super) fn with_modules(&self, modules: Modules) -> Manifest {
        Manifest { record: Record::Modules(modules), ..self.clone() }
    }

    /// The platform that owns the files.
    pub fn platform(&self) -> &Owner {
        &self.platform
    }

    /// The files.
    pub fn files(&self) -> &BTreeSet<RelPath> {
        &self.files
    }

    /// The files that a killed render may have added.
    pub fn unfinished(&self) -> &BTreeSet<RelPath> {
        &self.unfinished
    }

    /// The resources whose loss hurts.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Its path inside the output folder.
    pub fn path(platform: &Owner) -> String {
        format!("{FOLDER}/{platform}.json")
    }

    /// Sorted JSON with one line per item, so that git can merge changes to different items.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a struct of strings with string keys is JSON") + "\n"
    }

    /// Reads what [`Manifest::to_json`] wrote.
    ///
    /// # Errors
    /// When it is not JSON, has a newer format or unknown keys, or a path is not a [`RelPath`].
    pub fn from_json(text: &str) -> anyhow::Result<Manifest> {
        Ok(serde_json::from_str(text)?)
    }

    /// The manifest of a platform in an output folder; `None` if it does not exist.
    ///
    /// # Errors
    /// When it cannot be read or is not that platform's manifest.
    pub fn read(out: &Path, platform: &Owner) -> anyhow::Result<Option<Manifest>> {
        let path = out.join(Manifest::path(platform));
        let cannot = || format!("cannot read {}", path.display());
        let bytes = match file::read(&path, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(cannot),
        };
        let text = String::from_utf8(bytes).ok().context("it is not UTF-8 text").with_context(cannot)?;
        let manifest = Manifest::from_json(&text).with_context(|| {
            let shown = path.display();
            match has_other_format(&text) {
                true => format!("cannot read {shown}"),
                false => format!("{shown} is damaged: restore it from git ({})", restore(&path)),
            }
        })?;
        if manifest.platform != *platform {
            let (shown, other) = (path.display(), manifest.platform);
            bail!("{shown} is the manifest of platform {other}: restore it from git ({})", restore(&path));
        }
        Ok(Some(manifest))
    }

    /// The manifests of all platforms in an output folder.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn all_in(out: &Path) -> anyhow::Result<Vec<Manifest>> {
        Manifest::read_all(out, &[])
    }

    /// Whether it records a resource whose loss hurts.
    pub fn has_resources(&self) -> bool {
        match &self.record {
            Record::Repositories(facts) => !facts.is_empty(),
            Record::Modules(modules) => modules.values().any(|module| !module.resources.is_empty()),
        }
    }

    /// The manifests of all platforms that share an output folder, without those of `owners` that are not regular files:
    /// the comparison refuses these with the other obstacles.
    ///
    /// # Errors
    /// When one of them cannot be read, because its claims would be unknown.
    pub(super) fn read_all(out: &Path, owners: &[&Owner]) -> anyhow::Result<Vec<Manifest>> {
        let folder = out.join(FOLDER);
        let cannot = || format!("cannot read {}", folder.display());
        let mut platforms = Vec::new();
        for entry in fs::read_dir(&folder).with_context(cannot)? {
            let entry = entry.with_context(cannot)?;
            let (name, is_file) = (entry.file_name(), entry.file_type().with_context(cannot)?.is_file());
            let platform = name.to_str().and_then(|name| name.strip_suffix(".json"));
            let platform = platform.and_then(|platform| Owner::parse(platform).ok());
            platforms.extend(platform.filter(|platform| is_file || !owners.contains(&platform)));
        }
        let manifests =
            parallel::each(&platforms, platforms.len() * USUAL_FILES, |platform| Manifest::read(out, platform));
        manifests.into_iter().filter_map(Result::transpose).collect()
    }
}

/// The number of files that a manifest usually lists.
const USUAL_FILES: usize = 20;

/// The command that restores a file, for a shell.
fn restore(path: &Path) -> String {
    format!("`git checkout -- {}`", shell::word(&path.to_string_lossy()))
}

/// Whether a manifest has another format version, and so is not damaged.
fn has_other_format(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Version {
        format_version: u64,
    }
    serde_json::from_str::<Version>(text).is_ok_and(|found| ![1, 2].contains(&found.format_version))
}

/// Whether the files of a folder are applied in another account, in a module that ecrgen does not know. Earlier manifests list
/// these folders among the modules.
fn is_for_another_account(folder: &str) -> bool {
    let account = folder.rsplit_once("-for-account-").map_or("", |(_, account)| account);
    account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())
}

impl TryFrom<Written> for Manifest {
    type Error = String;

    fn try_from(written: Written) -> Result<Manifest, String> {
        let Written { format_version, platform, files, unfinished, repositories, modules } = written;
        let record = match (format_version, repositories, modules) {
            (1, Some(repositories), None) => Record::Repositories(repositories),
            (2, None, Some(mut modules)) => {
                modules.retain(|folder, _| !is_for_another_account(folder.as_str()));
                Record::Modules(modules)
            }
            (1, _, _) => return Err("format_version 1 needs `repositories` and has no `modules`".into()),
            (2, _, _) => return Err("format_version 2 needs `modules` and has no `repositories`".into()),
            _ => {
                return Err(format!(
                    "format_version {format_version} is not supported: use the version of ecrgen that wrote this file"
                ));
            }
        };
        Ok(Manifest { platform, files, unfinished, record })
    }
}

impl From<Manifest> for Written {
    fn from(Manifest { platform, files, unfinished, record }: Manifest) -> Written {
        let (format_version, repositories, modules) = match record {
            Record::Repositories(repositories) => (1, Some(repositories), None),
            Record::Modules(modules) => (2, None, Some(modules)),
        };
        Written { format_version, platform, files, unfinished, repositories, modules }
    }
}
