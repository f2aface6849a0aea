//! How a tree differs from what lies on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Folder, Obstacle};
use super::{Fault, File, Header, Manifest, Owner, Refusal, RelPath, Tree, manifest};
use crate::parallel;
use crate::source::Span;

/// A tree beside an output folder. Making one only reads.
#[derive(Debug)]
pub struct Comparison<'t> {
    pub(super) tree: &'t Tree,
    pub(super) out: PathBuf,
    pub(super) folders: BTreeSet<String>,
    /// Each file that may be written, sorted by path.
    pub files: Vec<(&'t File, State)>,
    /// Files of the last render that are no longer made.
    pub orphans: Vec<Orphan>,
    /// Paths of the last render that are no longer made and hold something without our header: the user's by now.
    pub left_alone: Vec<RelPath>,
    /// The manifest of the last render.
    pub committed: Option<Manifest>,
    /// How the manifest on the disk compares with the tree's.
    pub manifest: State,
    /// All that forbids writing, sorted by path.
    pub refusals: Vec<Refusal>,
}

/// How a file compares with what lies at its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Byte for byte the same.
    Same,
    /// Ours, but with another text.
    Differs {
        /// The text on the disk; U+FFFD where it is not UTF-8.
        on_disk: String,
    },
    /// Nothing is there.
    Missing,
}

/// A file of ours that the tree no longer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// Where it lies.
    pub path: RelPath,
    /// Its text; U+FFFD where it is not UTF-8.
    pub on_disk: String,
}

impl Tree {
    /// Compares with what lies in the output folder, which need not exist.
    ///
    /// # Errors
    /// When something cannot be read, or a manifest in `.ecrgen` is broken or of a newer format.
    pub fn compare(&self, out: &Path) -> anyhow::Result<Comparison<'_>> {
        let owner = self.manifest.platform();
        let mut disk = Disk::at(out)?;
        let manifests = match disk.folder(manifest::FOLDER)? {
            Folder::Present => Manifest::read_all(out)?,
            Folder::Absent | Folder::Blocked(_) => Vec::new(),
        };
        let (own, others): (Vec<_>, Vec<_>) = manifests.into_iter().partition(|found| found.platform() == owner);
        let committed = own.into_iter().next();
        let claims = claims(&others);

        let mut refusals = Refusals::default();
        let mut files = Vec::with_capacity(self.files.len());
        let mut free = Vec::with_capacity(self.files.len());
        for file in &self.files {
            match claims.get(&file.path.folded()) {
                Some(&platform) => {
                    refusals.add(file.path.as_str(), Fault::Claimed(platform.clone()), Some(file.origin))
                }
                None => free.push(file),
            }
        }
        for (file, state) in look_at_all(&mut disk, &free, owner)? {
            match state {
                Ok(state) => files.push((file, state)),
                Err(Obstacle { path, fault }) => refusals.add(&path, fault, Some(file.origin)),
            }
        }

        let path = Manifest::path(owner);
        let manifest = disk.look(&path, &self.manifest.to_json())?.unwrap_or_else(|obstacle| {
            refusals.add(&obstacle.path, obstacle.fault, None);
            // The refusal says it all; the manifest itself cannot be seen.
            State::Same
        });
        let mut present = files.iter().filter(|(_, state)| *state != State::Missing);
        if manifest == State::Missing
            && let Some((first, _)) = present.next()
        {
            let fault = Fault::ManifestLost { example: first.path.clone(), files: 1 + present.count() };
            refusals.add(&path, fault, None);
        }

        let (orphans, left_alone) = self.orphans(&mut disk, committed.as_ref())?;
        if let Some(committed) = &committed {
            for path in self.strays(&mut disk, committed)? {
                refusals.add(path.as_str(), Fault::Stray, None);
            }
        }
        let refusals = refusals.0.into_values().collect();
        Ok(Comparison {
            tree: self,
            out: out.to_owned(),
            folders: disk.into_folders(),
            files,
            orphans,
            left_alone,
            committed,
            manifest,
            refusals,
        })
    }

    /// What is left of the files that the committed manifest lists and the tree no longer has: ours, and the user's.
    fn orphans(&self, disk: &mut Disk, committed: Option<&Manifest>) -> anyhow::Result<(Vec<Orphan>, Vec<RelPath>)> {
        let (mut orphans, mut left_alone) = (Vec::new(), Vec::new());
        let listed = committed.into_iter().flat_map(Manifest::files);
        let gone: Vec<&RelPath> = listed.filter(|path| !self.manifest.files().contains(path)).collect();
        if gone.is_empty() {
            return Ok((orphans, left_alone));
        }
        let made: BTreeMap<String, &RelPath> = self.files.iter().map(|file| (file.path.folded(), &file.path)).collect();
        for path in gone {
            let renamed = made.get(&path.folded());
            if renamed.is_some_and(|renamed| disk.is_one_file(renamed.as_str(), path.as_str())) {
                continue;
            }
            match disk.look(path.as_str(), "")? {
                Ok(State::Missing) => {}
                Ok(State::Differs { on_disk }) if is_of(self.manifest.platform(), &on_disk) => {
                    orphans.push(Orphan { path: path.clone(), on_disk });
                }
                Ok(State::Differs { .. } | State::Same) | Err(_) => left_alone.push(path.clone()),
            }
        }
        Ok((orphans, left_alone))
    }
}

impl Tree {
    /// Terraform files with our header that no render wrote: copies, or leftovers of a merge. Terraform would read the same
    /// resources twice.
    fn strays(&self, disk: &mut Disk, committed: &Manifest) -> anyhow::Result<Vec<RelPath>> {
        let known: BTreeSet<&RelPath> = self.manifest.files().union(committed.files()).collect();
        let folders: BTreeSet<&str> = known.iter().map(|path| path.folder()).collect();
        let known: BTreeSet<String> = known.iter().map(|path| path.folded()).collect();
        let mut strays = Vec::new();
        for folder in folders {
            for name in disk.files_of(folder)? {
                let path = RelPath::parse(&if folder.is_empty() { name } else { format!("{folder}/{name}") });
                let Some(path) = path.ok().filter(|path| path.as_str().ends_with(".tf")) else { continue };
                if known.contains(&path.folded()) {
                    continue;
                }
                let look = disk.look(path.as_str(), "")?;
                let is_stray =
                    matches!(&look, Ok(State::Differs { on_disk }) if is_of(self.manifest.platform(), on_disk));
                strays.extend(is_stray.then_some(path));
            }
        }
        Ok(strays)
    }
}

impl<'t> Comparison<'t> {
    /// The tree that was compared.
    pub fn tree(&self) -> &'t Tree {
        self.tree
    }
}

/// Refusals by path: a folder in the way of a thousand files is one refusal.
#[derive(Default)]
struct Refusals(BTreeMap<String, Refusal>);

impl Refusals {
    fn add(&mut self, path: &str, fault: Fault, origin: Option<Span>) {
        self.0.entry(path.to_owned()).or_insert_with(|| Refusal { path: path.to_owned(), fault, origin });
    }
}

/// The paths that other platforms claim, folded.
fn claims(others: &[Manifest]) -> BTreeMap<String, &Owner> {
    others.iter().flat_map(|other| other.files().iter().map(|path| (path.folded(), other.platform()))).collect()
}

/// A file and what lies at its path.
type Look<'t> = (&'t File, Result<State, Obstacle>);

/// Looks at files, in their order.
fn look_at_all<'t>(disk: &mut Disk, files: &[&'t File], owner: &Owner) -> anyhow::Result<Vec<Look<'t>>> {
    let look = |files: &[&'t File]| {
        let mut disk = disk.again();
        let looks = files.iter().map(|file| Ok((*file, look_at_own(&mut disk, file, owner)?)));
        (looks.collect::<anyhow::Result<Vec<_>>>(), disk)
    };
    let mut looks = Vec::with_capacity(files.len());
    for (seen, learned) in parallel::chunks(files, look) {
        disk.learn(learned);
        looks.extend(seen?);
    }
    Ok(looks)
}

fn look_at_own(disk: &mut Disk, file: &File, owner: &Owner) -> anyhow::Result<Result<State, Obstacle>> {
    let state = disk.look(file.path.as_str(), &file.text)?;
    let Ok(State::Differs { on_disk }) = &state else { return Ok(state) };
    let fault = match Header::read(on_disk) {
        Some(header) if header.platform == owner.as_str() => return Ok(state),
        Some(header) => Fault::OtherPlatform(header.platform.to_owned()),
        None => Fault::NotGenerated,
    };
    Ok(Err(Obstacle { path: file.path.to_string(), fault }))
}

fn is_of(owner: &Owner, text: &str) -> bool {
    Header::read(text).is_some_and(|header| header.platform == owner.as_str())
}
