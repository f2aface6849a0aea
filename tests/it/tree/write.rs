//! What a write leaves on the disk.

use std::collections::BTreeMap;

use ecrgen::tree::{Manifest, Record, Tree};
use proptest::prelude::*;

use super::folder::Folder;
use super::{draft, is_in_sync, modules, owner, rel, text, tree};

#[test]
fn files_folders_and_the_manifest_are_made() {
    let out = Folder::new();
    let tree = tree("piksel", &[("a.tf", "one\n"), ("b/c/d.tf", "two\n")]);
    let done = out.write(&tree);
    assert_eq!(done.written, [rel("a.tf"), rel("b/c/d.tf")]);
    assert_eq!(done.removed, []);
    assert_eq!(out.listing(), [".ecrgen/piksel.json", "a.tf", "b/c/d.tf"]);
    assert_eq!(out.read("a.tf"), text("piksel", "one\n"));
    assert_eq!(out.read("b/c/d.tf"), text("piksel", "two\n"));
    assert_eq!(Manifest::read(out.path(), &owner("piksel")).unwrap().as_ref(), Some(tree.manifest()));
}

#[test]
fn an_output_folder_is_made_where_there_was_none() {
    let parent = Folder::new();
    super::folder::write(&parent.at("x/y"), &tree("piksel", &[("a.tf", "")]));
    assert_eq!(parent.listing(), ["x/y/.ecrgen/piksel.json", "x/y/a.tf"]);
}

#[test]
fn the_second_write_touches_nothing() {
    let out = Folder::new();
    let tree = tree("piksel", &[("a.tf", "one\n"), ("b/c.tf", "two\n")]);
    out.write(&tree);
    let before = out.snapshot();
    let done = out.write(&tree);
    assert_eq!((done.written, done.removed), (vec![], vec![]));
    assert_eq!(out.snapshot(), before);
}

#[test]
fn only_what_changed_is_written() {
    let out = Folder::new();
    out.write(&tree("piksel", &[("a.tf", "one\n"), ("b.tf", "two\n"), ("c.tf", "three\n")]));
    let before = out.snapshot();
    let done = out.write(&tree("piksel", &[("a.tf", "one\n"), ("b.tf", "2\n"), ("c.tf", "three\n")]));
    assert_eq!(done.written, [rel("b.tf")]);
    let after = out.snapshot();
    let touched: Vec<_> = after.iter().filter(|(path, entry)| before[*path] != **entry).map(|(path, _)| path).collect();
    assert_eq!(touched, ["", "b.tf"], "the folder's own time changes with the rename");
}

#[test]
fn orphans_and_the_folders_they_leave_empty_are_removed() {
    let out = Folder::new();
    out.write(&tree("piksel", &[("a/b/c/gone.tf", ""), ("a/kept.tf", ""), ("d/gone.tf", ""), ("e/gone.tf", "")]));
    out.put("d/mine.tf", "");
    let done = out.write(&tree("piksel", &[("a/kept.tf", "")]));
    assert_eq!(done.removed, ["a/b/c/gone.tf", "d/gone.tf", "e/gone.tf"].map(rel));
    assert_eq!(out.listing(), [".ecrgen/piksel.json", "a/kept.tf", "d/mine.tf"]);
}

#[test]
fn an_orphan_taken_over_by_hand_stays() {
    let out = Folder::new();
    out.write(&tree("piksel", &[("a.tf", ""), ("mine.tf", "")]));
    out.put("mine.tf", "resource {}\n");
    let now = tree("piksel", &[("a.tf", "")]);
    assert_eq!(out.write(&now).removed, []);
    assert_eq!(out.read("mine.tf"), "resource {}\n");
    assert!(is_in_sync(&now.compare(out.path()).unwrap()));
}

#[test]
fn the_last_orphan_does_not_take_the_output_folder_with_it() {
    let out = Folder::new();
    out.write(&tree("piksel", &[("a/b.tf", ""), ("c.tf", "")]));
    out.write(&tree("piksel", &[]));
    assert_eq!(out.listing(), [".ecrgen/piksel.json"]);
}

#[test]
fn a_file_renamed_by_letter_case_only() {
    let out = Folder::new();
    out.write(&tree("piksel", &[("Core.tf", "old\n")]));
    let folds = out.at("cORE.TF").exists();
    let now = tree("piksel", &[("core.tf", "new\n")]);
    out.write(&now);
    assert!(is_in_sync(&now.compare(out.path()).unwrap()));
    assert_eq!(out.read("core.tf"), text("piksel", "new\n"));
    assert_eq!(out.at("Core.tf").exists(), folds);
}

#[test]
fn a_rename_by_letter_case_that_was_killed_before_it_removed_the_old_file() {
    let out = Folder::new();
    out.write(&tree("piksel", &[("Core.tf", "old\n")]));
    out.put("core.tf", text("piksel", "new\n"));
    let folds = out.at("cORE.TF").exists();
    out.write(&tree("piksel", &[("core.tf", "new\n")]));
    assert_eq!(out.read("core.tf"), text("piksel", "new\n"));
    assert_eq!(out.at("Core.tf").exists(), folds);
}

#[test]
fn leftovers_of_a_killed_run_are_removed() {
    let out = Folder::new();
    let before = tree("piksel", &[("a/b.tf", ""), ("old/c.tf", "")]);
    out.write(&before);
    for ours in [".ecrgen/.ecrgen-piksel-abc123", "a/.ecrgen-piksel-AbCdEf", "old/.ecrgen-piksel-000000"] {
        out.put(ours, "half a fi");
    }
    let others = [
        ".ecrgen/.ecrgen-piksel-core-abc123",
        "a/.ecrgen-other-abc123",
        "a/.ecrgen-piksel-abc1234",
        "a/.ecrgen-piksel-notes!",
        "mine/.ecrgen-piksel-abc123",
    ];
    for other in others {
        out.put(other, "");
    }
    let done = out.write(&tree("piksel", &[("a/b.tf", "")]));
    assert_eq!(done.written, []);
    let mut expected = [[".ecrgen/piksel.json", "a/b.tf"].as_slice(), &others].concat();
    expected.sort();
    assert_eq!(out.listing(), expected);
}

#[test]
fn the_manifest_forgets_no_file_and_no_repository_before_the_end() {
    let out = Folder::new();
    let with = |path, facts| Tree::new(owner("piksel"), vec![draft(path, "")], facts).unwrap();
    out.write(&with("old.tf", modules("old", "AES256")));

    // The new file cannot be written: its folder turns into a file between the comparison and the write.
    let new = with("folder/new.tf", modules("new", "KMS"));
    let comparison = new.compare(out.path()).unwrap();
    out.put("folder", "");
    comparison.writable().unwrap().write().unwrap_err();
    let manifest = Manifest::read(out.path(), &owner("piksel")).unwrap().unwrap();
    assert!(manifest.files().iter().eq(&[rel("folder/new.tf"), rel("old.tf")]));
    assert_eq!(manifest.record(), &Record::Modules(modules("old", "AES256")));
    assert_eq!(out.read("old.tf"), text("piksel", ""));

    std::fs::remove_file(out.at("folder")).unwrap();
    out.write(&new);
    assert_eq!(Manifest::read(out.path(), &owner("piksel")).unwrap().as_ref(), Some(new.manifest()));
    assert_eq!(out.listing(), [".ecrgen/piksel.json", "folder/new.tf"]);
}

/// The file is for git, belongs to all platforms of the folder, and so to none of them.
#[test]
fn the_git_attributes_of_manifests_are_written_once_and_then_belong_to_the_user() {
    let (out, path) = (Folder::new(), ".ecrgen/.gitattributes");
    out.write(&tree("piksel", &[("a.tf", "")]));
    assert!(out.read(path).ends_with("*.json linguist-generated\n"), "{}", out.read(path));
    out.put(path, "* -text\n");
    out.write(&tree("piksel", &[("b.tf", "")]));
    assert_eq!(out.read(path), "* -text\n");
    std::fs::remove_file(out.at(path)).unwrap();
    out.write(&tree("piksel", &[("b.tf", "")]));
    assert!(!out.at(path).exists(), "nothing changes, so nothing is written");
    out.write(&tree("piksel", &[("a.tf", "")]));
    assert!(out.at(path).exists());
    #[cfg(unix)]
    {
        std::fs::remove_file(out.at(path)).unwrap();
        std::os::unix::fs::symlink("../elsewhere", out.at(path)).unwrap();
        out.write(&tree("piksel", &[("c.tf", "")]));
        assert!(!out.at("elsewhere").exists(), "a link is not followed");
    }
}

/// Trees over a few paths that do not collide, some bodies empty, some larger than a page.
fn any_files() -> impl Strategy<Value = BTreeMap<&'static str, String>> {
    let path =
        prop::sample::select(vec!["a.tf", "b.md", "c/a.tf", "c/d/a.tf", "c/d/b.tf", "e/f/g/a.yml", ".gitattributes"]);
    let body = prop::sample::select(vec![String::new(), "one\n".to_string(), "two\n".repeat(3000)]);
    prop::collection::btree_map(path, body, 0..7)
}

fn tree_of(files: &BTreeMap<&'static str, String>) -> Tree {
    let drafts = files.iter().map(|(path, body)| draft(path, body)).collect();
    Tree::new(owner("piksel"), drafts, modules("core", &files.len().to_string())).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever lay there of ours before, exactly the last tree and its manifest lie there afterward.
    #[test]
    fn the_last_write_wins(first in any_files(), second in any_files()) {
        let out = Folder::in_memory();
        out.write(&tree_of(&first));
        let second_tree = tree_of(&second);
        let done = out.write(&second_tree);

        let changed: Vec<_> = second.iter().filter(|(path, body)| first.get(*path) != Some(body)).map(|(p, _)| rel(p)).collect();
        prop_assert_eq!(done.written, changed);
        let gone: Vec<_> = first.keys().filter(|path| !second.contains_key(*path)).map(|path| rel(path)).collect();
        prop_assert_eq!(done.removed, gone);
        let mut expected: Vec<&str> = second.keys().copied().chain([".ecrgen/piksel.json"]).collect();
        expected.sort();
        prop_assert_eq!(out.listing(), expected);
        for (path, body) in &second {
            let found = out.read(path);
            prop_assert_eq!(found.split_once("\n\n").unwrap().1, body);
        }
        prop_assert!(is_in_sync(&second_tree.compare(out.path()).unwrap()));
    }
}
