//! The writing of a tree: only what changed, each file wholly or not at all.

use super::output::{Output, Staged};
use super::{Comparison, File, Manifest, RelPath, State};
use crate::parallel;

/// A comparison that nothing forbids to write.
#[derive(Debug)]
pub struct Writable<'c, 't>(&'c Comparison<'t>);

impl<'t> Comparison<'t> {
    /// The way to [`Writable::write`]; `None` while there are refusals.
    pub fn writable(&self) -> Option<Writable<'_, 't>> {
        self.refusals.is_empty().then_some(Writable(self))
    }
}

impl Writable<'_, '_> {
    /// Makes the output folder hold the tree.
    ///
    /// Each file goes to a temporary file beside it that is renamed over it, so that a kill at any moment leaves it
    /// wholly old or wholly new. There is no `fsync`: power loss is git's business. Across files the order matters,
    /// because a killed run must forget neither the files it wrote nor the repositories it guards:
    ///
    /// 1. If the set of files changes, a manifest that lists the old and the new files with the **old** repositories.
    ///    Whatever the run writes from here on is listed, so the next run knows it as ours, whichever spec that
    ///    one renders; and a repository that this run drops is still remembered, so the next run asks about it again.
    ///    (Without an old manifest there is nothing to guard yet, and the new repositories stand there.)
    /// 2. The files: all temporary ones, then all renames. So a disk that is full says so before the first file changes,
    ///    and hardly any kill falls between two renames. It is faster, too: ext4 searches long for an inode while others
    ///    were just freed (`recently_deleted` in its `ialloc.c`), as each rename over a file does.
    /// 3. The orphans, only now: a run that fails while writing has removed nothing.
    /// 4. The manifest of the new files and the new resources, when all it says has become true.
    ///
    /// Temporary files of a killed run are removed first, since they may be what fills the disk.
    ///
    /// # Errors
    /// When something cannot be written or removed, with its path. What was not yet written stays old.
    pub fn write(self) -> anyhow::Result<()> {
        let Comparison { tree, out, folders, files, orphans, committed, manifest, .. } = self.0;
        let (owner, produced) = (tree.manifest.platform(), tree.manifest.files());
        let mut output = Output::new(out, folders.clone(), owner);
        output.sweep()?;

        let path = Manifest::path(owner);
        let before = committed.as_ref().unwrap_or(&tree.manifest);
        let listed = before.files().union(produced).cloned().collect();
        let first = before.with_files(listed).to_json();
        let last = tree.manifest.to_json();
        let on_disk = match manifest {
            State::Same => last.as_str(),
            State::Differs { on_disk } => on_disk,
            State::Missing => "",
        };
        if first != on_disk {
            output.put(&path, &first)?;
        }

        let changed = files.iter().filter(|(_, state)| *state != State::Same);
        let changed: Vec<&File> = changed.map(|(file, _)| *file).collect();
        changed.iter().try_for_each(|file| output.make_folder_of(file.path.as_str()))?;
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
