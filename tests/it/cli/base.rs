//! `ecrgen check --base`: what would be lost is judged against another revision.

use std::process::Command;

use crate::harness::Case;

pub(super) const SHOP: &str =
    "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { cart: {}, search: {} }\n";

/// A git repository whose branch `main` has the output of a spec, below a folder.
pub(super) fn committed() -> Case {
    let case = Case::new().file("infra/shop.yaml", SHOP);
    assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
    git(&case, &["init", "-q", "-b", "main"]);
    commit(&case, "first");
    case
}

pub(super) fn commit(case: &Case, message: &str) {
    git(case, &["add", "-A"]);
    git(case, &["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", message]);
}

pub(super) fn git(case: &Case, arguments: &[&str]) {
    let output = Command::new("git").args(arguments).current_dir(case.path("")).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn check(case: &Case, base: &[&str]) -> (i32, String) {
    let outcome = case.run(&[&["check", "infra/shop.yaml", "--out", "infra"], base].concat());
    (outcome.status, outcome.out + &outcome.err)
}

/// Removes a repository together with its file and its lines in the manifest, as a pull request can.
pub(super) fn remove_all_traces(case: &Case) {
    case.write("infra/shop.yaml", SHOP.replace(", search: {}", ""));
    let fresh = Case::new().file("shop.yaml", case.read("infra/shop.yaml"));
    assert_eq!(fresh.run(&["render", "shop.yaml"]).status, 0);
    for path in [".ecrgen/shop.json", "shared/ecr/outputs.tf", "shared/ecr/README.md"] {
        case.write(&format!("infra/{path}"), fresh.read(path));
    }
    std::fs::remove_file(case.path("infra/shared/ecr/repository_search.tf")).expect("a generated file");
}

#[test]
fn a_pull_request_cannot_remove_the_memory_of_what_it_removes() {
    let case = committed();
    remove_all_traces(&case);
    commit(&case, "second");
    assert_eq!(check(&case, &[]).0, 0, "without --base the traces are gone");
    for base in ["main~1", "HEAD^"] {
        let (status, said) = check(&case, &["--base", base]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("error[repository-lost]: repository `search`"), "{said}");
    }
    assert_eq!(check(&case, &["--base", "main"]).0, 0);
}

/// Without the output, `render` has nothing to compare with, and writes the smaller spec.
#[test]
fn an_output_that_was_deleted_and_rendered_again_is_compared_with_the_base() {
    let case = committed();
    for folder in [".ecrgen", "shared"] {
        std::fs::remove_dir_all(case.path(&format!("infra/{folder}"))).expect("a folder");
    }
    case.write("infra/shop.yaml", SHOP.replace(", search: {}", ""));
    assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
    commit(&case, "second");
    assert_eq!(check(&case, &[]).0, 0, "without --base the traces are gone");
    let (status, said) = check(&case, &["--base", "main~1"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("error[repository-lost]: repository `search`"), "{said}");
}

#[test]
fn a_manifest_that_was_emptied_is_compared_with_the_base() {
    let case = committed();
    let mut manifest: serde_json::Value = serde_json::from_str(&case.read("infra/.ecrgen/shop.json")).expect("JSON");
    manifest.as_object_mut().expect("an object").remove("modules");
    manifest["format_version"] = 1.into();
    manifest["repositories"] = serde_json::json!({});
    case.write("infra/.ecrgen/shop.json", manifest.to_string());
    std::fs::remove_file(case.path("infra/shared/ecr/repository_search.tf")).expect("a generated file");
    case.write("infra/shop.yaml", SHOP.replace(", search: {}", ""));
    assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
    commit(&case, "second");
    let (status, said) = check(&case, &["--base", "main~1"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("error[repository-lost]: repository `search`"), "{said}");
}

/// Without the entry, the first apply after both renders deletes the repository.
#[test]
fn a_removal_that_was_rendered_and_dropped_is_compared_with_the_base() {
    let case = committed();
    let removed = SHOP.replace(", search: {}", "");
    for entry in ["removed: { search: retain }\n", ""] {
        case.write("infra/shop.yaml", format!("{removed}{entry}"));
        assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
        commit(&case, "next");
    }
    assert_eq!(check(&case, &[]).0, 0);
    let (status, said) = check(&case, &["--base", "main~2"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("error[repository-lost]: repository `search`"), "{said}");
    let (status, said) = check(&case, &["--base", "main~1"]);
    assert_eq!(status, 0, "the base has the removal: {said}");
    assert!(said.contains("warning[removal-dropped]"), "{said}");
}

#[test]
fn a_folder_can_be_the_base() {
    let case = committed();
    remove_all_traces(&case);
    git(&case, &["worktree", "add", "-q", "--detach", "before", "main"]);
    let (status, said) = check(&case, &["--base", "./before/infra"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("error[repository-lost]"), "{said}");
    // A pull request could have the folder, and a shallow clone lacks the revision.
    let (status, said) = check(&case, &["--base", "before/infra"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("git knows no such revision") && said.contains("`./before/infra`"), "{said}");
}

#[test]
fn a_base_without_a_manifest_loses_nothing() {
    let case = Case::new().file("infra/shop.yaml", SHOP);
    git(&case, &["init", "-q", "-b", "main"]);
    commit(&case, "only the spec");
    assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
    let (status, said) = check(&case, &["--base", "main"]);
    assert_eq!(status, 0, "{said}");
    let words = "main has no output of platform `shop`, so there is nothing to compare with";
    assert!(said.contains(&format!("note[base-without-output]: {words}")), "{said}");
    for format in ["json", "github"] {
        let (_, said) = check(&case, &["--base", "main", "--format", format]);
        assert!(said.contains(words), "{said}");
    }
}

/// Otherwise a pull request could add a folder with the name of its base.
#[test]
fn a_folder_does_not_hide_a_revision_with_the_same_name() {
    let case = committed();
    remove_all_traces(&case);
    case.write("main/.keep", "");
    commit(&case, "second");
    git(&case, &["branch", "-q", "-f", "before", "main~1"]);
    case.write("before/.keep", "");
    for base in ["main", "before"] {
        let (status, said) = check(&case, &["--base", base]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("is both a git revision and a folder"), "{said}");
    }
    let (status, said) = check(&case, &["--base", "refs/heads/before"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("error[repository-lost]"), "{said}");
}

/// The output of a platform that has another name now would be deleted with everything in it.
#[test]
fn a_renamed_platform_is_refused() {
    let case = committed();
    std::fs::remove_dir_all(case.path("infra/.ecrgen")).expect("a folder");
    std::fs::remove_dir_all(case.path("infra/shared")).expect("a folder");
    case.write("infra/shop.yaml", SHOP.replace("platform: shop", "platform: mill"));
    assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
    let (status, said) = check(&case, &["--base", "main"]);
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains("error[output-lost]: main has the output of platform `shop` in `infra`, which is missing here"),
        "{said}"
    );
}

/// The manifest alone is not an output.
#[test]
fn a_renamed_platform_whose_manifest_is_left_is_refused() {
    let case = committed();
    std::fs::remove_dir_all(case.path("infra/shared")).expect("a folder");
    let renamed = SHOP.replace("platform: shop", "platform: mill").replace("cart: {}, search: {}", "flour: {}");
    case.write("infra/shop.yaml", format!("{renamed}terraform: {{ directory: mill/ecr }}\n"));
    assert_eq!(case.run(&["render", "infra/shop.yaml", "--out", "infra"]).status, 0);
    let (status, said) = check(&case, &["--base", "main"]);
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains("error[output-lost]: in the output of platform `shop` in `infra`, files are missing"),
        "{said}"
    );
}

#[test]
fn a_folder_without_manifests_is_no_base() {
    let case = committed();
    case.write("elsewhere/infra/.keep", "");
    let (status, said) = check(&case, &["--base", "./elsewhere"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("the folder has no `.ecrgen`"), "{said}");
}

#[test]
fn an_unknown_revision_is_an_error_that_names_the_shallow_clone() {
    let case = committed();
    for base in ["origin/main", "--output=x", "main:infra", "0000000000000000000000000000000000000000"] {
        let (status, said) = check(&case, &[&format!("--base={base}")]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("neither a git revision nor a folder") && said.contains("fetch-depth: 0"), "{said}");
    }
}

#[test]
fn a_damaged_manifest_of_the_base_is_an_error() {
    let case = committed();
    let good = case.read("infra/.ecrgen/shop.json");
    case.write("infra/.ecrgen/shop.json", "{");
    commit(&case, "damaged");
    case.write("infra/.ecrgen/shop.json", good);
    let (status, said) = check(&case, &["--base", "main"]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains(".ecrgen/shop.json is damaged in "), "{said}");
}
