//! ecrgen finds its spec if the command line names none.

use std::process::Command;

use crate::cli::{MILL, SHOP};
use crate::harness::{Case, Outcome};

/// A git repository with a folder `deep/below`.
fn in_git() -> Case {
    let case = Case::new().file("deep/below/keep", "");
    let output = Command::new("git").args(["init", "-q"]).current_dir(case.path("")).output().expect("git runs");
    assert!(output.status.success());
    case
}

/// Runs the program in a folder of the case.
fn run_in(case: &Case, folder: &str, arguments: &[&str]) -> Outcome {
    let output = case.command(arguments).current_dir(case.path(folder)).output().expect("the program runs");
    Outcome {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn every_command_finds_the_spec_in_the_current_folder() {
    let case = Case::new().file("ecrgen.yaml", SHOP);
    for arguments in [&["render"][..], &["check"], &["lint"], &["access"], &["simulate"]] {
        let outcome = case.run(arguments);
        assert_eq!(outcome.status, 0, "{arguments:?}: {}{}", outcome.out, outcome.err);
    }
    let schedule = ["simulate", "--repository", "cart", "--schedule", "release: 3/day for 10d"];
    assert_eq!(case.run(&schedule).status, 0);
    assert!(case.path("shared/ecr/versions.tf").exists());
}

/// As `cargo build` and `terraform` with `-chdir`: the output is where the spec is, wherever the command runs.
#[test]
fn a_spec_above_has_its_output_next_to_it() {
    let case = in_git().file("ecrgen.yaml", SHOP);
    let rendered = run_in(&case, "deep/below", &["render"]);
    assert_eq!(rendered.status, 0, "{}", rendered.err);
    assert_eq!(rendered.err, "using ../../ecrgen.yaml and the output folder ../..\n");
    assert!(case.path("shared/ecr/versions.tf").exists() && case.path(".ecrgen/shop.json").exists());
    for folder in ["", "deep", "deep/below"] {
        assert_eq!(run_in(&case, folder, &["check"]).status, 0, "{folder}");
    }
    assert_eq!(run_in(&case, "deep", &["render", "--out", "."]).status, 0);
    assert!(case.path("deep/shared/ecr/versions.tf").exists());
    assert_eq!(run_in(&case, "deep/below", &["render", "../../ecrgen.yaml"]).status, 0);
    assert!(
        case.path("deep/below/shared/ecr/versions.tf").exists(),
        "a spec that is named writes to the current folder"
    );
}

#[test]
fn the_nearest_spec_counts() {
    let case = in_git().file("ecrgen.yaml", SHOP).file("deep/ecrgen.yaml", MILL);
    let outcome = run_in(&case, "deep/below", &["access"]);
    assert!(outcome.out.starts_with("mill, prod"), "{}", outcome.out);
}

#[test]
fn all_specs_in_the_folder_are_compiled_together() {
    let case = in_git().file("ecrgen/shop.yaml", SHOP).file("ecrgen/mill.yaml", MILL);
    case.write("ecrgen/.hidden.yaml", "{");
    case.write("ecrgen/notes.txt", "{");
    let outcome = run_in(&case, "deep", &["render"]);
    assert_eq!(outcome.err, "using ../ecrgen/mill.yaml, ../ecrgen/shop.yaml and the output folder ..\n");
    assert!(case.path("shared/ecr/versions.tf").exists() && case.path("prod/ecr/versions.tf").exists());
    let outcome = case.run(&["simulate"]);
    assert_eq!(outcome.err, "error: select one of several specs: ecrgen/mill.yaml, ecrgen/shop.yaml\n");
    // One file wins over the folder, so that the folder can hold what it extends.
    case.write("ecrgen.yaml", MILL);
    let outcome = case.run(&["access"]);
    assert!(outcome.out.starts_with("mill, prod") && !outcome.out.contains("shop, shared"), "{}", outcome.out);
}

/// Above the root, and outside of a repository, a spec can belong to another user.
#[test]
fn the_search_ends_at_the_root_of_the_repository() {
    let inner = in_git().file("inner/ecrgen.yaml", SHOP);
    let output = Command::new("git").args(["init", "-q"]).current_dir(inner.path("deep")).output().expect("git runs");
    assert!(output.status.success());
    inner.write("ecrgen.yaml", SHOP);
    let without_git = Case::new().file("ecrgen.yaml", SHOP).file("deep/below/keep", "");
    for case in [inner, without_git] {
        let outcome = run_in(&case, "deep/below", &["lint"]);
        assert_eq!(outcome.status, 2, "{}", outcome.out);
        assert!(outcome.err.starts_with("error: no spec is given\n"), "{}", outcome.err);
        assert!(outcome.err.contains("looked for `ecrgen.yaml` and `ecrgen/*.yaml`"), "{}", outcome.err);
        assert!(outcome.err.contains("run `ecrgen init`"), "{}", outcome.err);
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_read() {
    let case = in_git();
    let elsewhere = Case::new().file("secret.yaml", "password: hunter2\n");
    std::os::unix::fs::symlink(elsewhere.path("secret.yaml"), case.path("ecrgen.yaml")).expect("a link");
    let outcome = run_in(&case, "deep", &["lint"]);
    assert_eq!(outcome.status, 2);
    assert!(outcome.out.contains("outside of the repository") && !outcome.out.contains("hunter2"), "{}", outcome.out);
}
