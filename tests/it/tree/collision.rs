//! Files that collide.

use ecrgen::source::Span;
use ecrgen::tree::{Clash, Collision, Draft, Modules, Tree};

use super::{owner, rel, tree};

/// The collisions of a tree whose n-th file comes from byte n of the spec: kind, origin and origin, message.
fn collisions(paths: &[&str]) -> Vec<(Clash, u32, u32, String)> {
    let origin = |start| Span { file: 0, start, end: start + 1 };
    let drafts = (0..).zip(paths).map(|(n, path)| Draft { path: rel(path), body: String::new(), origin: origin(n) });
    let found = Tree::new(owner("piksel"), drafts.collect(), Modules::new()).err().unwrap_or_default();
    let row = |c: &Collision| (c.clash, c.first.1.start, c.second.1.start, c.to_string());
    found.iter().map(row).collect()
}

#[test]
fn rejects_the_same_path_twice() {
    assert_eq!(
        collisions(&["b/x.tf", "a.tf", "b/x.tf"]),
        [(Clash::SamePath, 0, 2, "two generated files have the same path, `b/x.tf`".to_string())]
    );
}

#[test]
fn rejects_paths_that_differ_only_in_letter_case() {
    let message = "`Core.tf` and `core.tf` differ only in letter case, which macOS and Windows ignore";
    assert_eq!(collisions(&["core.tf", "Core.tf"]), [(Clash::LetterCase, 1, 0, message.to_string())]);
    assert_eq!(collisions(&["É.tf", "é.tf"]).len(), 1);
    assert_eq!(collisions(&["A/x.tf", "a/x.tf"]).len(), 1);
}

#[test]
fn rejects_a_file_that_is_the_folder_of_another() {
    let message = "`a/b` is both a generated file and the folder of `a/b/c/d.tf`";
    assert_eq!(collisions(&["a/b/c/d.tf", "a/b"]), [(Clash::FolderOfOther, 1, 0, message.to_string())]);
    assert_eq!(collisions(&["A/b/c.tf", "a/B"])[0].0, Clash::FolderOfOther);
}

#[test]
fn reports_all_collisions() {
    let kinds: Vec<Clash> = collisions(&["a", "a", "A", "a/b", "c"]).into_iter().map(|row| row.0).collect();
    assert_eq!(kinds, [Clash::LetterCase, Clash::SamePath, Clash::FolderOfOther]);
}

#[test]
fn accepts_similar_paths() {
    assert_eq!(collisions(&["a.tf", "a/b.tf", "a-b/c", "a/b", "ab"]), []);
}

#[test]
fn rejects_the_same_path_in_two_trees() {
    let (one, other) = (tree("one", &[("shared/main.tf", "")]), tree("other", &[("shared/main.tf", ""), ("x", "")]));
    let found = Collision::among(one.files().iter().chain(other.files()));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].clash, Clash::SamePath);
}
