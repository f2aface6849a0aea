//! What the last render of a platform left behind: `.ecrgen/<platform>.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::{Owner, RelPath};

/// The folder of the manifests, inside the output folder.
pub(super) const FOLDER: &str = ".ecrgen";

/// Per repository (keyed by environment and key, `shared/piksel-core`) the facts whose change destroys its images.
pub type Facts = BTreeMap<String, BTreeMap<String, String>>;

/// The files of a platform and the facts about its repositories that must not change unnoticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format_version: FormatVersion,
    platform: Owner,
    files: BTreeSet<RelPath>,
    repositories: Facts,
}

/// The one format there is, 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
struct FormatVersion;

impl Manifest {
    /// A manifest of these files and repositories.
    pub fn new(platform: Owner, files: BTreeSet<RelPath>, repositories: Facts) -> Manifest {
        Manifest { format_version: FormatVersion, platform, files, repositories }
    }

    /// Whose files they are.
    pub fn platform(&self) -> &Owner {
        &self.platform
    }

    /// The files.
    pub fn files(&self) -> &BTreeSet<RelPath> {
        &self.files
    }

    /// What to remember about the repositories.
    pub fn repositories(&self) -> &Facts {
        &self.repositories
    }

    /// Its place inside the output folder.
    pub fn path(platform: &Owner) -> String {
        format!("{FOLDER}/{platform}.json")
    }

    /// Sorted JSON, one line an item, so that git merges changes to different items.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a struct of strings with string keys is JSON") + "\n"
    }

    /// Reads what [`Manifest::to_json`] wrote.
    ///
    /// # Errors
    /// When it is not JSON, of a newer format, has unknown parts, or a path is no [`RelPath`].
    pub fn from_json(text: &str) -> anyhow::Result<Manifest> {
        Ok(serde_json::from_str(text)?)
    }

    /// The manifest of a platform in an output folder, `None` when there is none.
    ///
    /// # Errors
    /// When it cannot be read or is not that platform's manifest.
    pub fn read(out: &Path, platform: &Owner) -> anyhow::Result<Option<Manifest>> {
        let path = out.join(Manifest::path(platform));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let manifest = Manifest::from_json(&text)
            .with_context(|| format!("{} is not a manifest to go by: restore it from git", path.display()))?;
        if manifest.platform != *platform {
            bail!("{} is the manifest of platform {}: restore it from git", path.display(), manifest.platform);
        }
        Ok(Some(manifest))
    }

    /// The manifests of all platforms that share an output folder.
    ///
    /// # Errors
    /// When one of them cannot be read: its claims would be unknown.
    pub(super) fn read_all(out: &Path) -> anyhow::Result<Vec<Manifest>> {
        let folder = out.join(FOLDER);
        let cannot = || format!("cannot read {}", folder.display());
        let mut manifests = Vec::new();
        for entry in fs::read_dir(&folder).with_context(cannot)? {
            let name = entry.with_context(cannot)?.file_name();
            let platform = name.to_str().and_then(|name| name.strip_suffix(".json"));
            if let Some(platform) = platform.and_then(|platform| Owner::parse(platform).ok()) {
                manifests.extend(Manifest::read(out, &platform)?);
            }
        }
        Ok(manifests)
    }
}

impl TryFrom<u64> for FormatVersion {
    type Error = String;

    fn try_from(version: u64) -> Result<FormatVersion, String> {
        match version {
            1 => Ok(FormatVersion),
            _ => Err(format!("format_version {version} is not 1: use the version of ecrgen that wrote it")),
        }
    }
}

impl From<FormatVersion> for u64 {
    fn from(_: FormatVersion) -> u64 {
        1
    }
}
