//! `ecrgen check --base`: outputs that move, and those that are not part of the run.

use std::fs;

use super::base::{SHOP, commit, git};
use crate::harness::Case;

const MILL: &str = "platform: mill\nenvironment: shared\nregion: eu-central-1\nrepositories: { flour: {}, bran: {} }\n";

/// A git repository whose branch `main` has the outputs of two platforms, each in its own folder.
fn committed() -> Case {
    let case = Case::new().file("infra/shop.yaml", SHOP).file("mill/mill.yaml", MILL);
    render(&case, "infra/shop.yaml", "infra");
    render(&case, "mill/mill.yaml", "mill");
    git(&case, &["init", "-q", "-b", "main"]);
    commit(&case, "first");
    case
}

fn render(case: &Case, spec: &str, out: &str) {
    let outcome = case.run(&["render", spec, "--out", out]);
    assert_eq!(outcome.status, 0, "{}", outcome.err);
}

/// Renders a spec into another folder, as if there were no output yet.
fn render_anew(case: &Case, spec: &str, text: &str, out: &str) {
    case.write(spec, text);
    render(case, spec, out);
}

fn check(case: &Case, spec: &str, out: &str, rest: &[&str]) -> (i32, String) {
    let outcome = case.run(&[&["check", spec, "--out", out, "--base", "main"], rest].concat());
    (outcome.status, outcome.out + &outcome.err)
}

fn remove(case: &Case, folder: &str) {
    fs::remove_dir_all(case.path(folder)).expect("a folder");
}

#[test]
fn an_output_that_moved_is_compared_as_if_in_place() {
    let case = committed();
    remove(&case, "infra");
    render_anew(&case, "registry/shop.yaml", SHOP, "registry");
    let (status, said) = check(&case, "registry/shop.yaml", "registry", &["--deny", "warnings"]);
    assert_eq!(status, 0, "{said}");

    remove(&case, "registry");
    render_anew(&case, "registry/shop.yaml", &SHOP.replace(", search: {}", ""), "registry");
    for format in ["text", "json", "github"] {
        let (status, said) = check(&case, "registry/shop.yaml", "registry", &["--format", format]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("repository-lost") && said.contains("`search`"), "{said}");
    }
}

/// The manifest that stays is not that of the new output.
#[test]
fn a_manifest_that_is_left_in_the_old_place_does_not_hide_the_move() {
    let case = committed();
    let dropped = SHOP.replace(", search: {}", "");
    render_anew(&case, "registry/shop.yaml", &dropped, "registry");
    let (status, said) = check(&case, "registry/shop.yaml", "registry", &[]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("error[repository-lost]: repository `search`"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_old_place_does_not_hide_the_move() {
    let case = committed();
    fs::rename(case.path("infra"), case.path("registry")).expect("a folder");
    std::os::unix::fs::symlink(case.path("registry"), case.path("infra")).expect("links can be created");
    let (status, said) = check(&case, "registry/shop.yaml", "registry", &[]);
    assert_eq!(status, 0, "{said}");
    for folder in [".ecrgen", "shared"] {
        remove(&case, &format!("registry/{folder}"));
    }
    render_anew(&case, "registry/shop.yaml", &SHOP.replace(", search: {}", ""), "registry");
    for out in ["registry", "infra"] {
        let (status, said) = check(&case, "registry/shop.yaml", out, &[]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("error[repository-lost]: repository `search`"), "{said}");
    }
}

#[test]
fn an_output_of_another_run_is_looked_for_everywhere() {
    let shop = |case: &Case, rest: &[&str]| check(case, "infra/shop.yaml", "infra", rest);
    let case = committed();
    assert_eq!(shop(&case, &["--deny", "warnings"]).0, 0);

    fs::rename(case.path("mill"), case.path("bakery")).expect("a folder");
    let (status, said) = shop(&case, &[]);
    assert_eq!(status, 0, "{said}");
    let words = "warning[output-moved]: the output of platform `mill` moved from `mill` to `bakery`";
    assert!(said.contains(words) && said.contains("`--out bakery`"), "{said}");
    assert_eq!(check(&case, "bakery/mill.yaml", "bakery", &["--deny", "warnings"]).0, 0, "what the help says");
    assert_eq!(shop(&case, &["--deny", "warnings"]).0, 2);

    remove(&case, "bakery");
    let (status, said) = shop(&case, &[]);
    assert_eq!(status, 2, "{said}");
    assert!(
        said.contains(
            "which is missing here: applying this would delete repositories `bran` and `flour` and their images"
        ),
        "{said}"
    );
}

#[test]
fn an_output_of_another_run_cannot_lose_a_repository() {
    let lost = |case: &Case| {
        let (status, said) = check(case, "infra/shop.yaml", "infra", &[]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("error[output-lost]"), "{said}");
        said
    };
    let without = MILL.replace(", bran: {}", "");
    // Rendered without the output.
    for place in ["mill", "bakery"] {
        let case = committed();
        remove(&case, "mill");
        render_anew(&case, &format!("{place}/mill.yaml"), &without, place);
        let said = lost(&case);
        assert!(said.contains("applying this would delete repository `bran` and its images"), "{said}");
    }
    // The manifest is left, and the file is not.
    let case = committed();
    fs::remove_file(case.path("mill/shared/ecr/repository_bran.tf")).expect("our file");
    assert!(
        lost(&case)
            .contains("a file is missing: applying this would delete what main has in `shared/ecr/repository_bran.tf`")
    );
    // A change that its spec allows.
    for allowed in [
        format!("{without}removed: {{ bran: retain }}\n"),
        MILL.replace("bran: {}", "husk: { was: bran, name: bran }"),
        MILL.replace("bran: {}", "bran: { scan_on_push: false }, oats: {}"),
    ] {
        let case = committed();
        render_anew(&case, "mill/mill.yaml", &allowed, "mill");
        let (status, said) = check(&case, "infra/shop.yaml", "infra", &["--deny", "warnings"]);
        assert_eq!(status, 0, "{said}");
    }
}

/// Until the removal is applied, its blocks are all that keeps the repositories: hand-written files can still hold the state.
#[test]
fn an_output_that_only_removes_cannot_leave_in_silence() {
    let case = committed();
    let given_up = MILL.replace("{ flour: {}, bran: {} }", "none\nremoved: { flour: retain, bran: retain }");
    render_anew(&case, "mill/mill.yaml", &given_up, "mill");
    commit(&case, "give up the mill");
    let warned = |said: &str| said.contains("warning[removal-dropped]: main lists `bran` and `flour` under `removed`");
    let all = |case: &Case| {
        let (status, said) = check(case, "infra/shop.yaml", "infra", &[]);
        assert_eq!(status, 0, "{said}");
        (check(case, "infra/shop.yaml", "infra", &["--deny", "warnings"]).0, said)
    };
    assert_eq!(all(&case).0, 0);

    let manifest = case.path("mill/.ecrgen/mill.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let forgetful = text.replace("\"bran\"", "\"cran\"");
    assert_ne!(text, forgetful);
    fs::write(&manifest, forgetful).expect("a manifest");
    let (denied, said) = all(&case);
    assert!(denied == 2 && said.contains("main lists `bran` under `removed`"), "{said}");

    remove(&case, "mill");
    let (denied, said) = all(&case);
    assert!(denied == 2 && warned(&said), "{said}");
}

/// It would be part of the next base, and fail every later pull request.
#[test]
fn a_damaged_manifest_is_found_where_it_is_added() {
    for text in ["{", "{}", "\u{0}"] {
        let case = committed();
        case.write("docs/.ecrgen/guide.json", text);
        let (status, said) = check(&case, "infra/shop.yaml", "infra", &[]);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("docs/.ecrgen/guide.json is damaged"), "{said}");
        // Names that no platform has.
        fs::rename(case.path("docs/.ecrgen/guide.json"), case.path("docs/.ecrgen/A guide.json")).expect("our file");
        assert_eq!(check(&case, "infra/shop.yaml", "infra", &[]).0, 0);
    }
}

/// Files that a sparse checkout leaves out are in the commit.
#[test]
fn a_sparse_checkout_loses_nothing() {
    let case = committed();
    git(&case, &["sparse-checkout", "set", "infra"]);
    assert!(!case.path("mill").exists());
    let (status, said) = check(&case, "infra/shop.yaml", "infra", &["--deny", "warnings"]);
    assert_eq!(status, 0, "{said}");
}

/// Its author chooses what `main` is there.
#[test]
fn an_output_folder_in_another_repository_is_refused() {
    let case = committed();
    remove(&case, "infra/shared");
    remove(&case, "infra/.ecrgen");
    render_anew(&case, "infra/shop.yaml", &SHOP.replace(", search: {}", ""), "infra");
    let nested = |arguments: &[&str]| git(&case, &[&["-C", "infra"], arguments].concat());
    nested(&["init", "-q", "-b", "main"]);
    nested(&["add", "-A"]);
    nested(&["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "first"]);
    let (status, said) = check(&case, "infra/shop.yaml", "infra", &[]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("is in another git repository than the current folder"), "{said}");
}

#[test]
fn manifests_in_another_repository_are_refused() {
    let case = committed();
    let nested = |arguments: &[&str]| git(&case, &[&["-C", "infra/.ecrgen"], arguments].concat());
    nested(&["init", "-q", "-b", "main"]);
    nested(&["add", "-A"]);
    nested(&["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "first"]);
    let (status, said) = check(&case, "infra/shop.yaml", "infra", &[]);
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("infra/.ecrgen is in another git repository"), "{said}");
}

/// The specs cannot be compiled, so nothing is known about the outputs.
#[test]
fn errors_in_the_spec_come_alone() {
    let case = committed();
    case.write("infra/shop.yaml", SHOP.replace("region", "regoin"));
    let (status, said) = check(&case, "infra/shop.yaml", "infra", &[]);
    assert_eq!(status, 2, "{said}");
    assert!(!said.contains("output-lost"), "{said}");
}

/// The manifest of the base lists less than the files of the pull request hold.
#[test]
fn a_new_repository_that_is_not_rendered_is_only_drift() {
    let case = committed();
    case.write("infra/shop.yaml", SHOP.replace("search: {}", "search: {}, users: {}"));
    render(&case, "infra/shop.yaml", "infra");
    case.write("infra/shop.yaml", SHOP.replace("search: {}", "search: {}, users: { scan_on_push: false }"));
    let (status, said) = check(&case, "infra/shop.yaml", "infra", &[]);
    assert_eq!(status, 1, "{said}");
}
