//! What a comparison reports, and that it only reads.

use ecrgen::tree::{Fault, LeftAlone, Modules, Record, State, Tree};

use super::folder::Folder;
use super::{draft, is_in_sync, modules, owner, rel, text, tree};

#[test]
fn reports_every_file_as_missing_if_the_folder_does_not_exist() {
    let parent = Folder::new();
    let out = parent.at("no/such/folder");
    let tree = tree("piksel", &[("a.tf", ""), ("b/c.tf", "")]);
    let comparison = tree.compare(&out).unwrap();
    let states: Vec<_> = comparison.files.iter().map(|(file, state)| (file.path().as_str(), state)).collect();
    assert_eq!(states, [("a.tf", &State::Missing), ("b/c.tf", &State::Missing)]);
    assert_eq!(comparison.manifest, State::Missing);
    assert_eq!(comparison.committed, None);
    assert!(!is_in_sync(&comparison));
    assert!(comparison.writable().is_some());
    assert_eq!(parent.listing(), [""; 0]);
}

#[test]
fn a_written_tree_is_in_sync() {
    let out = Folder::new();
    let tree = tree("piksel", &[("a.tf", "one\n"), ("b/c.tf", "two\n")]);
    out.write(&tree);
    let comparison = tree.compare(out.path()).unwrap();
    assert!(comparison.files.iter().all(|(_, state)| *state == State::Same));
    assert_eq!(comparison.committed.as_ref(), Some(tree.manifest()));
    assert!(is_in_sync(&comparison));
}

#[test]
fn reports_drift_with_the_text_on_disk() {
    let out = Folder::new();
    let tree = tree(
        "piksel",
        &[("binary.tf", "x\n"), ("crlf.tf", "x\n"), ("edited.tf", "x\n"), ("deleted.tf", "x\n"), ("same.tf", "x\n")],
    );
    out.write(&tree);
    out.put("edited.tf", text("piksel", "edited by hand\n"));
    out.put("crlf.tf", text("piksel", "x\n").replace('\n', "\r\n"));
    out.put("binary.tf", [text("piksel", "").as_bytes(), &[0xff]].concat());
    std::fs::remove_file(out.at("deleted.tf")).unwrap();

    let before = out.snapshot();
    let comparison = tree.compare(out.path()).unwrap();
    let differs = |on_disk| State::Differs { on_disk };
    let states: Vec<_> = comparison.files.iter().map(|(_, state)| state.clone()).collect();
    assert_eq!(
        states,
        [
            differs(text("piksel", "\u{fffd}")),
            differs(text("piksel", "x\n").replace('\n', "\r\n")),
            State::Missing,
            differs(text("piksel", "edited by hand\n")),
            State::Same,
        ]
    );
    assert!(!is_in_sync(&comparison));
    assert_eq!(out.snapshot(), before);
}

#[test]
fn finds_a_difference_in_the_last_byte() {
    let out = Folder::new();
    let tree = tree("piksel", &[("a.tf", "1234567\n")]);
    out.write(&tree);
    for body in ["1234567", "1234567\n\n", "1234567 ", "1234568\n"] {
        out.put("a.tf", text("piksel", body));
        assert_eq!(tree.compare(out.path()).unwrap().files[0].1, State::Differs { on_disk: text("piksel", body) });
    }
}

#[test]
fn changed_facts_about_a_repository_are_drift_of_the_manifest() {
    let out = Folder::new();
    let with = |modules| Tree::new(owner("piksel"), vec![draft("a.tf", "")], modules).unwrap();
    out.write(&with(modules("core", "AES256")));
    let changed = with(modules("core", "KMS"));
    let comparison = changed.compare(out.path()).unwrap();
    assert!(!is_in_sync(&comparison));
    assert_eq!(comparison.committed.as_ref().unwrap().record(), &Record::Modules(modules("core", "AES256")));
    let State::Differs { on_disk } = &comparison.manifest else { panic!("{:?}", comparison.manifest) };
    assert!(on_disk.contains(r#""encryption": "AES256""#));
}

#[test]
fn reports_orphans_with_their_text() {
    let out = Folder::new();
    out.write(&tree(
        "piksel",
        &[("kept.tf", ""), ("old/deleted.tf", ""), ("old/lost.tf", "lost\n"), ("taken.tf", ""), ("moved.tf", "")],
    ));
    std::fs::remove_file(out.at("old/deleted.tf")).unwrap();
    out.put("taken.tf", "# now written by hand\n");
    out.put("moved.tf", text("other", ""));

    let before = out.snapshot();
    let now = tree("piksel", &[("kept.tf", "")]);
    let comparison = now.compare(out.path()).unwrap();
    let orphans: Vec<_> = comparison.orphans.iter().map(|orphan| (orphan.path.as_str(), &*orphan.on_disk)).collect();
    assert_eq!(orphans, [("old/lost.tf", &*text("piksel", "lost\n"))]);
    let left = |path: &str, fault| LeftAlone { path: rel(path), fault, at: path.into() };
    let expected = [left("moved.tf", Fault::OtherPlatform("other".into())), left("taken.tf", Fault::HeaderLost)];
    assert_eq!(comparison.left_alone, expected);
    assert_eq!(comparison.refusals, []);
    assert!(!is_in_sync(&comparison));
    assert_eq!(out.snapshot(), before);
}

#[test]
fn ignores_files_that_are_not_listed_unless_they_are_copies_of_generated_ones() {
    let out = Folder::new();
    let tree = tree("piksel", &[("a.tf", "")]);
    out.write(&tree);
    out.put("mine.tf", "resource {}\n");
    out.put(".terraform.lock.hcl", "");
    out.put("theirs.tf", text("shop", ""));
    assert!(is_in_sync(&tree.compare(out.path()).unwrap()));
    out.put("copied.tf", text("piksel", ""));
    let comparison = tree.compare(out.path()).unwrap();
    assert_eq!(comparison.refusals.iter().map(|refusal| &refusal.fault).collect::<Vec<_>>(), [&Fault::Stray]);
    assert_eq!(comparison.refusals[0].path, "copied.tf");
}

/// OpenTofu reads `.tofu` files, and ignores `.tf` files with the same name.
#[test]
fn files_of_opentofu_neither_repeat_nor_hide_generated_ones() {
    let out = Folder::new();
    let tree = tree("piksel", &[("ecr/a.tf", "")]);
    out.write(&tree);
    out.put("ecr/mine.tofu", "resource {}\n");
    out.put("a.tofu", "resource {}\n");
    out.put("ecr/a.tofu.json", "{}\n");
    assert!(is_in_sync(&tree.compare(out.path()).unwrap()));
    for (path, text, fault) in [
        ("ecr/copied.tofu", text("piksel", ""), Fault::Stray),
        ("ecr/a.tofu", "# empty\n".into(), Fault::Shadows(rel("ecr/a.tf"))),
    ] {
        out.put(path, text);
        let comparison = tree.compare(out.path()).unwrap();
        assert_eq!(comparison.refusals.iter().map(|it| (&*it.path, &it.fault)).collect::<Vec<_>>(), [(path, &fault)]);
        std::fs::remove_file(out.at(path)).unwrap();
    }
}

#[test]
fn an_empty_tree_is_in_sync_once_written() {
    let out = Folder::new();
    let nothing = Tree::new(owner("piksel"), Vec::new(), Modules::new()).unwrap();
    assert!(!is_in_sync(&nothing.compare(out.path()).unwrap()));
    out.write(&nothing);
    assert!(is_in_sync(&nothing.compare(out.path()).unwrap()));
    assert_eq!(out.listing(), [".ecrgen/piksel.json"]);
}

#[test]
fn rejects_a_damaged_manifest() {
    let out = Folder::new();
    let tree = tree("piksel", &[("a.tf", "")]);
    for damaged in [".ecrgen/piksel.json", ".ecrgen/other.json"] {
        out.put(damaged, "{");
        let before = out.snapshot();
        let error = format!("{:#}", tree.compare(out.path()).unwrap_err());
        assert!(error.replace('\\', "/").contains(damaged), "{error}");
        assert_eq!(out.snapshot(), before);
        std::fs::remove_file(out.at(damaged)).unwrap();
    }
}

#[test]
fn rejects_an_output_folder_that_is_a_file() {
    let out = Folder::new();
    out.put("file", "");
    let error = tree("piksel", &[]).compare(&out.at("file")).unwrap_err();
    assert!(error.to_string().ends_with("file is not a folder"), "{error}");
}
