//! Several specs in one output folder.

use super::folder::Folder;
use super::{is_in_sync, tree};

#[test]
fn each_touches_only_its_own_files() {
    let out = Folder::new();
    let (one, other) = (tree("one", &[("shared/one.tf", "")]), tree("other", &[("shared/other.tf", "")]));
    out.write(&one);
    out.write(&other);
    let all = [".ecrgen/one.json", ".ecrgen/other.json", "shared/one.tf", "shared/other.tf"];
    assert_eq!(out.listing(), all);
    assert!(is_in_sync(&one.compare(out.path()).unwrap()));
    assert!(is_in_sync(&other.compare(out.path()).unwrap()));

    out.write(&tree("one", &[]));
    assert_eq!(out.listing(), [".ecrgen/one.json", ".ecrgen/other.json", "shared/other.tf"]);
    assert!(is_in_sync(&other.compare(out.path()).unwrap()));
}

#[test]
fn a_file_moves_from_one_to_the_other_once_the_first_has_let_go() {
    let out = Folder::new();
    out.write(&tree("one", &[("moving.tf", "")]));
    let taker = tree("other", &[("moving.tf", "")]);
    assert!(taker.compare(out.path()).unwrap().writable().is_none());
    out.write(&tree("one", &[]));
    out.write(&taker);
    assert_eq!(out.listing(), [".ecrgen/one.json", ".ecrgen/other.json", "moving.tf"]);
}

#[test]
fn what_else_lies_beside_the_manifests_is_not_read() {
    let out = Folder::new();
    out.put(".ecrgen/README.md", "");
    out.put(".ecrgen/My Notes.json", "{");
    out.put(".ecrgen/.json", "{");
    assert!(tree("one", &[]).compare(out.path()).unwrap().writable().is_some());
}
