//! The layout of the tests: each room has a module, no folder is crowded, and every file is compiled.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::harness::{files_below, repository, texts_below};

/// Rooms without a module here, and why.
const ELSEWHERE: &[(&str, &str)] =
    &[("parallel", "is private: `compile::many` compares the results of different numbers of threads")];

/// Modules that do not belong to one room.
const GENERAL: &[&str] = &["docs", "fuzz", "harness", "layout", "output", "packaging", "twin", "walls", "words"];

/// The most files in a folder that a reader can take in at a glance.
const MOST: usize = 15;

/// The modules that a file declares.
fn modules(file: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(repository().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let declared = text.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    declared.filter_map(|rest| Some(rest.strip_suffix(';')?.to_owned())).collect()
}

#[test]
fn each_room_has_a_test_module_of_the_same_name() {
    let (rooms, tests) = (modules("src/lib.rs"), modules("tests/it/main.rs"));
    assert!(rooms.len() > 15 && tests.len() > 15, "{rooms:?} {tests:?}");
    for room in &rooms {
        let is_elsewhere = ELSEWHERE.iter().any(|(name, _)| name == room);
        match tests.contains(room) {
            true => assert!(!is_elsewhere, "`{room}` has a module: remove it from the list"),
            false => assert!(is_elsewhere, "add tests/it/{room}.rs, or add `{room}` to the list with the reason"),
        }
    }
    for (room, _) in ELSEWHERE {
        assert!(rooms.contains(*room), "`{room}` is not a room: remove it from the list");
    }
    for module in &tests {
        let is_general = GENERAL.contains(&module.as_str());
        assert!(rooms.contains(module) != is_general, "`{module}` must be either a room or in the list");
    }
}

#[test]
fn no_folder_is_crowded() {
    let mut folders = vec![repository().join("tests/it")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let (below, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        // Snapshots have the names of their tests.
        let is_snapshots = folder.ends_with("snapshots");
        assert!(is_snapshots || files.len() <= MOST, "{} files in {}", files.len(), shown(&folder));
        folders.extend(below);
    }
}

/// A path from the repository's folder.
fn shown(path: &Path) -> String {
    path.strip_prefix(repository()).unwrap_or(path).display().to_string()
}

/// A file without a `mod` line is not compiled, and no one would notice.
#[test]
fn every_source_file_is_part_of_the_crate() {
    for (root, top) in [("src", "lib.rs"), ("tests/it", "main.rs")] {
        for (path, _) in files_below(&repository().join(root)) {
            let text = path.display().to_string();
            let Some(module) = text.strip_suffix(".rs").map(|text| text.trim_end_matches("/mod")) else { continue };
            if module == "main" || module == "lib" {
                continue;
            }
            let (folder, name) = module.rsplit_once('/').unwrap_or(("", module));
            let parents = match folder {
                "" => vec![format!("{root}/{top}")],
                folder => vec![format!("{root}/{folder}.rs"), format!("{root}/{folder}/mod.rs")],
            };
            let parent = parents.into_iter().find(|parent| repository().join(parent).is_file());
            let parent = parent.unwrap_or_else(|| panic!("{root}/{folder} has no module"));
            let text = fs::read_to_string(repository().join(&parent)).expect("the parent module");
            let is_declared = text.lines().any(|line| {
                let line = line.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
                line.trim_start_matches("pub ") == format!("mod {name};")
            });
            assert!(is_declared, "`{parent}` has no line `mod {name};`");
        }
    }
}

#[test]
fn only_one_room_reads_files() {
    for (path, text) in texts_below(&repository().join("src")) {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code.filter(|_| path != "file.rs") {
            let reads = ["fs::read(", "fs::read_to_string(", "File::open("].iter().any(|call| line.contains(call));
            assert!(!reads, "src/{path} opens a file, which only src/file.rs should: {line}");
        }
    }
}
