//! The walls between rooms: imports match the table in `src/lib.rs` and go one way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::harness::{files_below, repository};

type Edges = BTreeMap<String, BTreeSet<String>>;

/// Every `crate::room` in the code of a source file, by the room that the file belongs to.
fn imports() -> Edges {
    let src = repository().join("src");
    let mut edges = Edges::new();
    for (path, bytes) in files_below(&src) {
        let Some(room) = room_of(&path) else { continue };
        let text = String::from_utf8(bytes).expect("UTF-8");
        let imported = edges.entry(room.clone()).or_default();
        for line in text.lines() {
            let code = line.split("//").next().unwrap_or_default();
            for after in code.split("crate::").skip(1) {
                let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                assert!(!name.is_empty(), "write one import per room: {} has `{}`", path.display(), line.trim());
                imported.insert(name);
            }
        }
        imported.remove(&room);
    }
    edges
}

/// `report/text.rs` and `report.rs` belong to `report`. `lib.rs` and `main.rs` belong to no room.
fn room_of(path: &Path) -> Option<String> {
    let first = path.components().next()?.as_os_str().to_str()?;
    let room = first.strip_suffix(".rs").unwrap_or(first);
    let is_source = path.extension().is_some_and(|extension| extension == "rs");
    (is_source && !["lib", "main"].contains(&room)).then(|| room.to_owned())
}

/// The rows of the table in `src/lib.rs`: a room, and the rooms it may import.
fn table() -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(repository().join("src/lib.rs")).expect("the crate's root");
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    let row = |row: &str| {
        let (room, rest) = row.split_once('`').expect("a room in backquotes");
        let last = rest.trim_end().trim_end_matches('|').rsplit('|').next().expect("three columns");
        let names = last.split(',').map(str::trim).filter(|name| !name.is_empty());
        (room.to_owned(), names.map(str::to_owned).collect())
    };
    rows.map(row).collect()
}

#[test]
fn imports_match_the_table() {
    let table: Edges = table().into_iter().collect();
    let imports = imports();
    let rooms = |edges: &Edges| edges.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(rooms(&imports), rooms(&table), "the table in src/lib.rs has one row per room");
    for (room, imported) in &imports {
        let missing: Vec<_> = imported.difference(&table[room]).collect();
        assert!(
            missing.is_empty(),
            "`{room}` imports {missing:?}: add it to the table in src/lib.rs, or remove the import"
        );
        let unused: Vec<_> = table[room].difference(imported).collect();
        assert!(unused.is_empty(), "`{room}` no longer imports {unused:?}: remove it from the table in src/lib.rs");
    }
}

/// Each room imports only rooms above it in the table, so imports have no cycles.
#[test]
fn imports_go_one_way() {
    let mut above = BTreeSet::new();
    for (room, imported) in table() {
        for other in &imported {
            assert!(above.contains(other), "`{room}` imports `{other}`, which is not above it in the table");
        }
        above.insert(room);
    }
}

/// The same holds for files within a room. Terraform expressions are an exception: they are mutually recursive.
#[test]
fn no_two_files_of_a_room_import_each_other() {
    const RECURSIVE: &[&str] = &["terraform"];
    let src = repository().join("src");
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, bytes) in files_below(&src) {
        let Some(room) = room_of(&path) else { continue };
        let file = module_of(&path);
        // `mod.rs` names everything in its folder.
        if RECURSIVE.contains(&room.as_str()) || path.ends_with("mod.rs") || !file.contains("::") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let parent = file.rsplit_once("::").map_or("", |(parent, _)| parent).to_owned();
        for line in text.lines().filter(|line| line.trim_start().starts_with("use ")) {
            let path = line.trim_start().trim_start_matches("use ");
            let absolute = match (path.strip_prefix("super::"), path.strip_prefix("crate::")) {
                (Some(sibling), _) if !sibling.starts_with("super::") => format!("{parent}::{sibling}"),
                (_, Some(rest)) => rest.to_owned(),
                _ => continue,
            };
            edges.entry(file.clone()).or_default().insert(absolute);
        }
    }
    let files: Vec<String> = edges.keys().cloned().collect();
    let imports = |one: &str, other: &str| edges[one].iter().any(|path| path.starts_with(&format!("{other}::")));
    for one in &files {
        for other in files.iter().filter(|other| *other > one) {
            assert!(!(imports(one, other) && imports(other, one)), "`{one}` and `{other}` import each other");
        }
    }
}

/// `report/text.rs` as `report::text`.
fn module_of(path: &Path) -> String {
    let text = path.display().to_string();
    text.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::")
}
