//! Writes a tree: only the files that changed, each completely or not at all.

use super::output::{Output, Staged};
use super::{Comparison, File, Manifest, RelPath, State};
use crate::parallel;

/// The git attributes of the manifests, which all platforms of an output folder share. The file is the user's once it exists.
const ATTRIBUTES: &str = ".ecrgen/.gitattributes";

/// GitHub folds the manifests away in pull requests. Their line ends do not matter.
const ATTRIBUTES_TEXT: &str =
    "# Written once by ecrgen. GitHub folds the manifests away in pull requests.\n*.json linguist-generated\n";

/// A comparison without refusals.
#[derive(Debug)]
pub struct Writable<'c, 't>(&'c Comparison<'t>);

impl<'t> Comparison<'t> {
    /// Gives access to [`Writable::write`]; `None` if there are refusals.
    pub fn writable(&self) -> Option<Writable<'_, 't>> {
        self.refusals.is_empty().then_some(Writable(self))
    }
}

impl Writable<'_, '_> {
    /// Writes the tree to the output folder.
    ///
    /// Each file is written to a temporary file in the same folder, which is then renamed over it, so that a kill at any
    /// moment leaves the file completely old or completely new. There is no `fsync`: recovery from power loss is left to
    /// git. The order of the steps matters, because a killed run must not forget the files it wrote or the repositories
    /// it guards:
    ///
    /// 0. If the manifest changes and git has no attributes for it: these.
    /// 1. If the set of files changes: a manifest that lists the old and the new files with the **old** repositories, and
    ///    that marks the new files.
    ///    Everything that the run writes from here on is listed, so the next run recognizes it as generated, whichever
    ///    spec that run renders. A repository that this run drops is still listed, so the next run asks about it again.
    ///    (Without an old manifest there is nothing to guard yet, and the manifest has the new repositories.)
    /// 2. The files: first all temporary files, then all renames. A full disk is therefore noticed before the first file
    ///    changes, and a kill rarely falls between two renames. It is also faster: ext4 searches long for an inode if
    ///    others were just freed (`recently_deleted` in its `ialloc.c`), as each rename over a file does.
    /// 3. Removal of the orphans. It comes this late so that a run that fails while writing has removed nothing.
    /// 4. The manifest of the new files and the new resources, now that everything in it is true.
    ///
    /// Temporary files of a killed run are removed first, because they may be what fills the disk.
    ///
    /// # Errors
    /// When something cannot be written or removed, with its path. Files that were not yet written keep their old text.
    pub fn write(self) -> anyhow::Result<()> {
        let Comparison { tree, out, folders, files, orphans, committed, next, manifest, .. } = self.0;
        let (owner, produced) = (tree.manifest.platform(), tree.manifest.files());
        let mut output = Output::new(out, folders.clone(), owner);
        output.sweep()?;

        let path = Manifest::path(owner);
        let before = committed.as_ref().unwrap_or(next);
        let first = before.adding(produced).to_json();
        let last = next.to_json();
        let on_disk = match manifest {
            State::Same => last.as_str(),
            State::Differs { on_disk } => on_disk,
            State::Missing => "",
        };
        if first != on_disk || last != first {
            // Before the manifest, so that a killed run writes it again.
            output.add(ATTRIBUTES, ATTRIBUTES_TEXT)?;
        }
        if first != on_disk {
            output.put(&path, &first)?;
        }

        let changed = files.iter().filter(|(_, state)| *state != State::Same);
        let changed: Vec<&File> = changed.map(|(file, _)| *file).collect();
        changed.iter().try_for_each(|file| output.create_folder_of(file.path.as_str()))?;
        let stage = |files: &[&File]| {
            let staged = files.iter().map(|file| output.stage(file.path.as_str(), &file.text));
            staged.collect::<anyhow::Result<Vec<Staged>>>()
        };
        let staged = parallel::chunks(&changed, stage).into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        for file in staged.into_iter().flatten() {
            file.put()?;
        }
        for orphan in orphans {
            output.remove(orphan.path.as_str())?;
        }
        output.remove_empty_folders(before.files().difference(produced).map(RelPath::folder).collect());
        if last != first {
            output.put(&path, &last)?;
        }
        Ok(())
    }
}
