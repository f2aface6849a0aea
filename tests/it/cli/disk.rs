//! A disk that cannot be written: the error names the file, no file is half written, and a later render completes.

use std::path::PathBuf;
use std::process::Command;

use super::kill::{assert_old_or_new, outputs, version};
use super::{SHOP, rendered, state};
use crate::harness::{Case, files_below};

/// A small file system mounted in a folder, for users who may mount one. It is unmounted on drop.
struct Mounted {
    folder: PathBuf,
}

impl Mounted {
    fn new(folder: PathBuf, size: &str) -> Option<Mounted> {
        std::fs::create_dir_all(&folder).expect("folders can be created");
        let mounted = Mounted { folder };
        let done = mounted.mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]);
        if !done {
            crate::harness::skipped("this user may not mount a file system");
        }
        done.then_some(mounted)
    }

    fn mount(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new("mount");
        command.args(arguments).arg(&self.folder);
        command.output().is_ok_and(|output| output.status.success())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.folder).output();
    }
}

#[test]
fn leaves_whole_files_on_a_full_disk() {
    let versions = [version("a", 60), version("b", 60)];
    let [old, new] = outputs(&versions);
    let case = Case::new();
    let Some(_disk) = Mounted::new(case.path("disk"), "1m") else { return };
    case.write("shop.yaml", &versions[0]);
    let render = || case.run(&["render", "shop.yaml", "--out", "disk/out"]);
    assert_eq!(render().status, 0);
    case.write("shop.yaml", &versions[1]);
    for free in [0, 4, 16, 64, 128] {
        fill(&case, free * 1024);
        let outcome = render();
        assert_eq!(outcome.status, 2, "{free} KiB should not be enough for the output of this test\n{}", outcome.out);
        assert!(outcome.err.contains("cannot write disk/out/"), "{}", outcome.err);
        assert!(outcome.err.contains("No space left"), "{}", outcome.err);
        let found = files_below(&case.path("disk/out")).into_iter().collect();
        assert_old_or_new(&found, &[&old, &new]);
    }
    std::fs::remove_file(case.path("disk/fill")).expect("our file");
    let outcome = render();
    assert_eq!(outcome.status, 0, "{}", outcome.err);
    assert_eq!(case.run(&["check", "shop.yaml", "--out", "disk/out"]).status, 0);
    assert!(files_below(&case.path("disk/out")).into_iter().collect::<std::collections::BTreeMap<_, _>>() == new);
}

/// Fills the disk, except for the given number of free bytes.
fn fill(case: &Case, free: usize) {
    use std::io::Write;
    let _ = std::fs::remove_file(case.path("disk/fill"));
    let mut file = std::fs::File::create(case.path("disk/fill")).expect("a file");
    let mut size = 0;
    while file.write_all(&[0; 4096]).is_ok() {
        size += 4096;
    }
    let left: u64 = size - free as u64;
    file.set_len(left).expect("a file can be truncated");
}

#[test]
fn reports_a_read_only_disk() {
    let case = Case::new().file("shop.yaml", SHOP);
    let Some(disk) = Mounted::new(case.path("disk"), "1m") else { return };
    let render = || case.run(&["render", "shop.yaml", "--out", "disk/out"]);
    assert_eq!(render().status, 0);
    assert!(disk.mount(&["-o", "remount,ro"]), "a mounted disk can be remounted");
    let before = state(&case.path("disk"));
    assert_eq!(render().status, 0, "nothing needs to be written");
    case.write("shop.yaml", SHOP.replace("keep: 10", "keep: 11"));
    let outcome = render();
    assert_eq!(outcome.status, 2);
    assert!(outcome.err.contains("disk/out/shared/ecr/README.md"), "{}", outcome.err);
    assert!(outcome.err.contains("Read-only file system"), "{}", outcome.err);
    assert_eq!(state(&case.path("disk")), before);
    assert!(disk.mount(&["-o", "remount,rw"]));
    assert_eq!(render().status, 0);
    assert_eq!(case.run(&["check", "shop.yaml", "--out", "disk/out"]).status, 0);
}

#[cfg(unix)]
#[test]
fn reports_a_folder_without_write_permission() {
    use std::os::unix::fs::PermissionsExt;
    let case = rendered();
    let folder = case.path("out/shared/ecr");
    let mode = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).expect("our folder");
    mode(0o555);
    if std::fs::write(folder.join("probe"), "").is_ok() {
        std::fs::remove_file(folder.join("probe")).expect("our file");
        mode(0o755);
        crate::harness::skipped("this user may write everywhere");
        return;
    }
    case.write("shop.yaml", SHOP.replace("keep: 10", "keep: 11"));
    let before = state(&folder);
    let outcome = case.run(&["render", "shop.yaml", "--out", "out"]);
    assert_eq!((outcome.status, state(&folder) == before), (2, true), "{}", outcome.err);
    assert!(outcome.err.contains("cannot write out/shared/ecr/repository_cart.tf"), "{}", outcome.err);
    mode(0o755);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
}
