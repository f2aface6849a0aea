//! The program as a user sees it: what it prints, writes and refuses, and how it exits.

mod base;
mod check;
mod commands;
mod determinism;
mod disk;
mod first_errors;
mod formats;
mod init;
mod kill;
mod moved;
mod options;
mod refusals;
mod render;
mod reports;
mod specs;
mod standard_output;
mod status;
mod tag;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::harness::Case;

/// A minimal spec with two repositories.
pub const SHOP: &str = "\
platform: shop
environment: shared
region: eu-central-1
image_tags: { release: \"v{version}\" }
repositories:
  cart:
    retention: [{ keep: 10, of: release }]
  search: {}
";

/// A platform that shares nothing with [`SHOP`].
pub const MILL: &str = "\
platform: mill
environment: prod
region: eu-west-1
repositories: { flour: {} }
";

/// A spec with a warning and no error.
pub const WARNED: &str = "\
platform: shop
environment: shared
region: eu-central-1
repositories:
  all: { services: [cart, search], retention: [{ keep: 5, of: tagged }] }
";

/// A spec with an error.
pub const BROKEN: &str = "platform: shop\nenvironment: shared\nregion: nowhere\n";

/// A case with [`SHOP`] and its output in `out`.
pub fn rendered() -> Case {
    let case = Case::new().file("shop.yaml", SHOP);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    case
}

/// Everything in a folder that a write would change: kinds, link targets, bytes, and times of files and folders.
pub fn state(folder: &Path) -> Vec<(PathBuf, SystemTime, Vec<u8>)> {
    let mut found = Vec::new();
    let mut paths = vec![folder.to_owned()];
    while let Some(path) = paths.pop() {
        let metadata = fs::symlink_metadata(&path).expect("the path exists");
        let content = if metadata.is_dir() {
            paths.extend(fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
            b"a folder".to_vec()
        } else if metadata.is_symlink() {
            fs::read_link(&path).expect("a link").into_os_string().into_encoded_bytes()
        } else {
            fs::read(&path).expect("a file can be read")
        };
        found.push((path, metadata.modified().expect("a time"), content));
    }
    found.sort();
    found
}
