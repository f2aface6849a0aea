//! The permissions of written files and folders.
#![cfg(unix)]

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::folder::{Folder, write};
use super::tree;

/// A process cannot safely change its umask while other tests run, so the test calls itself from a shell that sets it.
#[test]
fn files_and_folders_respect_the_umask() {
    const INTO: &str = "ECRGEN_TEST_PERMISSIONS";
    if let Some(out) = env::var_os(INTO) {
        write(Path::new(&out), &tree("piksel", &[("folder/a.tf", "")]));
        fs::create_dir(Path::new(&out).join("plain")).unwrap();
        fs::write(Path::new(&out).join("plain/a.tf"), "").unwrap();
        return;
    }
    for (umask, file, folder) in
        [("022", 0o644, 0o755), ("027", 0o640, 0o750), ("000", 0o666, 0o777), ("077", 0o600, 0o700)]
    {
        let out = Folder::new();
        let module = module_path!().split_once("::").unwrap().1;
        let test = format!("{module}::files_and_folders_respect_the_umask");
        let child = Command::new("sh")
            .args(["-c", &format!("umask {umask} && exec \"$0\" --exact \"$1\"")])
            .arg(env::current_exe().unwrap())
            .arg(test)
            .env(INTO, out.path())
            .output()
            .unwrap();
        assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stdout));
        let mode = |path| fs::metadata(out.at(path)).unwrap().permissions().mode() & 0o7777;
        assert_eq!([mode("folder/a.tf"), mode("plain/a.tf"), mode(".ecrgen/piksel.json")], [file; 3], "umask {umask}");
        assert_eq!([mode("folder"), mode("plain")], [folder; 2], "umask {umask}");
    }
}
