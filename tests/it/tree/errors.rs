//! Write errors: what remains on disk, and that the next write completes.

use std::collections::BTreeSet;
use std::fs;
use std::io;

use ecrgen::tree::{Manifest, Tree};

use super::folder::{Folder, Mount, listing, snapshot, write};
use super::{is_in_sync, owner, text, tree};

#[test]
fn a_file_blocks_a_folder() {
    let out = Folder::new();
    let tree = tree("piksel", &[("a.tf", "new\n"), ("folder/b.tf", "new\n"), ("z.tf", "new\n")]);
    out.put("z.tf", text("piksel", "old\n"));
    out.put(".ecrgen/piksel.json", tree.manifest().to_json());
    let comparison = tree.compare(out.path()).unwrap();
    out.put("folder", "");
    let error = comparison.writable().unwrap().write().unwrap_err();
    assert_eq!(error.to_string(), format!("cannot write {}", out.at("folder/b.tf").display()));
    assert_eq!(out.listing(), [".ecrgen/piksel.json", "folder", "z.tf"], "not even the temporary file of a.tf");
    assert_eq!(out.read("z.tf"), text("piksel", "old\n"));
}

#[test]
fn reports_a_read_only_disk() {
    let Some(disk) = Mount::of_size(1024) else { return };
    write(disk.path(), &tree("piksel", &[("a/b.tf", "old\n"), ("a/c.tf", "old\n")]));
    disk.remount("ro");
    let before = snapshot(disk.path());
    for new in [tree("piksel", &[("a/b.tf", "new\n"), ("a/c.tf", "old\n")]), tree("piksel", &[("a/b.tf", "old\n")])] {
        let error = new.compare(disk.path()).unwrap().writable().unwrap().write().unwrap_err();
        assert!(error.to_string().contains(disk.path().to_str().unwrap()), "{error}");
        assert_eq!(error.downcast_ref::<io::Error>().unwrap().kind(), io::ErrorKind::ReadOnlyFilesystem);
        assert_eq!(snapshot(disk.path()), before);
    }
}

#[cfg(unix)]
#[test]
fn reports_a_read_only_folder() {
    use std::os::unix::fs::PermissionsExt;
    let out = Folder::new();
    write(out.path(), &tree("piksel", &[("a/b.tf", "old\n"), ("c.tf", "old\n")]));
    fs::set_permissions(out.at("a"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(out.at("a/probe"), "").is_ok() {
        crate::harness::skipped("this user can write to read-only folders (reports_a_read_only_disk covers the same)");
        return;
    }
    let new = tree("piksel", &[("a/b.tf", "new\n"), ("c.tf", "new\n")]);
    let error = new.compare(out.path()).unwrap().writable().unwrap().write().unwrap_err();
    fs::set_permissions(out.at("a"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(error.to_string(), format!("cannot write {}", out.at("a/b.tf").display()));
    assert_eq!((out.read("a/b.tf"), out.read("c.tf")), (text("piksel", "old\n"), text("piksel", "old\n")));
}

/// Five files of this many lines.
fn generation(name: &str, lines: usize, paths: [&str; 5]) -> Tree {
    let body = format!("{name}\n").repeat(lines);
    tree("piksel", &paths.map(|path| (path, &*body)))
}

#[test]
fn a_full_disk_leaves_every_file_old_or_new() {
    let old = generation("old", 10, ["a.tf", "b.tf", "c/d.tf", "c/e.tf", "gone.tf"]);
    let new = generation("new", 2500, ["a.tf", "b.tf", "c/d.tf", "c/e.tf", "new/f.tf"]);
    let mut failed_at = BTreeSet::new();
    for kilobytes in (28..=76).step_by(4) {
        let Some(disk) = Mount::of_size(kilobytes) else { return };
        write(disk.path(), &old);
        let Err(error) = new.compare(disk.path()).unwrap().writable().unwrap().write() else { continue };
        assert_eq!(error.downcast_ref::<io::Error>().unwrap().kind(), io::ErrorKind::StorageFull, "{error:#}");
        failed_at.insert(error.to_string().rsplit('/').next().unwrap().to_string());

        let manifest = Manifest::read(disk.path(), &owner("piksel")).unwrap().unwrap();
        for path in listing(disk.path()).iter().filter(|path| !path.ends_with('/') && *path != ".ecrgen/piksel.json") {
            let found = fs::read_to_string(disk.path().join(path)).unwrap();
            let of = |tree: &Tree| tree.files().iter().any(|f| f.path().as_str() == path && f.text() == found);
            assert!(of(&old) || of(&new), "{path} is neither old nor new");
            assert!(
                manifest.files().iter().any(|listed| listed.as_str() == path),
                "{path} is missing from the manifest"
            );
        }

        disk.remount("size=1024k");
        write(disk.path(), &new);
        assert_eq!(listing(disk.path()), [".ecrgen/piksel.json", "a.tf", "b.tf", "c/d.tf", "c/e.tf", "new/f.tf"]);
        assert!(is_in_sync(&new.compare(disk.path()).unwrap()));
    }
    for place in ["piksel.json", "a.tf", "e.tf"] {
        assert!(failed_at.contains(place), "the disk was never full at {place}: {failed_at:?}");
    }
}
