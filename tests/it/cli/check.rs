//! `ecrgen check` reports drift and never writes.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{SHOP, rendered, state};
use crate::harness::{Case, Outcome};

/// Runs `check` and asserts that no byte and no time of any file in the case has changed.
fn check(case: &Case) -> Outcome {
    let before = state(&case.path(""));
    let outcome = case.run(&["check", "shop.yaml", "--out", "out"]);
    assert_eq!(state(&case.path("")), before, "check wrote something");
    outcome
}

#[test]
fn reports_that_all_files_are_in_sync() {
    let outcome = check(&rendered());
    let result = (outcome.status, outcome.out.as_str(), outcome.err.as_str());
    assert_eq!(result, (0, "9 files checked, all in sync with the spec\n", ""));
}

#[test]
fn reports_an_edited_file_with_a_diff_and_the_spec_line() {
    let case = rendered();
    let path = "out/shared/ecr/repository_cart.tf";
    case.write(path, case.read(path).replace("= 10\n", "= 99\n"));
    let outcome = check(&case);
    assert_eq!(outcome.status, 1);
    for part in
        [path, "-", "= 99", "= 10", "shop.yaml:7 (`repositories.cart.retention`)", "ecrgen render shop.yaml --out out"]
    {
        assert!(outcome.out.contains(part), "{part} is missing from\n{}", outcome.out);
    }
    let changed = |sign: char| outcome.out.lines().filter(|line| line.trim_start().starts_with(sign)).count();
    assert!(changed('-') >= 1 && changed('+') >= 1, "{}", outcome.out);
}

#[test]
fn reports_a_missing_file() {
    let case = rendered();
    fs::remove_file(case.path("out/shared/ecr/repository_search.tf")).expect("our file");
    let outcome = check(&case);
    assert_eq!(outcome.status, 1);
    assert!(outcome.out.contains("out/shared/ecr/repository_search.tf"), "{}", outcome.out);
    assert!(outcome.out.contains("shop.yaml:8"), "{}", outcome.out);
}

#[test]
fn reports_a_file_that_is_no_longer_generated() {
    let case = rendered();
    case.write("shop.yaml", SHOP.replace("  search: {}\n", "removed: { search: retain }\n"));
    let outcome = check(&case);
    assert_eq!(outcome.status, 1, "{}", outcome.err);
    assert!(outcome.out.contains("out/shared/ecr/repository_search.tf"), "{}", outcome.out);
    assert!(case.path("out/shared/ecr/repository_search.tf").exists());
}

#[test]
fn reports_an_edited_manifest() {
    let case = rendered();
    let path = "out/.ecrgen/shop.json";
    case.write(path, case.read(path).replace("    \"shared/ecr/README.md\",\n", ""));
    let outcome = check(&case);
    assert_eq!(outcome.status, 1);
    assert!(outcome.out.contains(path) && outcome.out.contains("shared/ecr/README.md"), "{}", outcome.out);
}

#[test]
fn reports_a_file_with_different_line_ends() {
    let case = rendered();
    let path = "out/shared/ecr/versions.tf";
    case.write(path, case.read(path).replace('\n', "\r\n"));
    let outcome = check(&case);
    assert_eq!(outcome.status, 1);
    let words = format!("line-endings: {path} matches the spec, except for its line endings (CRLF instead of LF)\n");
    assert!(outcome.out.starts_with(&words) && !outcome.out.contains("@@"), "{}", outcome.out);
    assert!(outcome.out.contains("1 file does not match the spec: 1 with other line endings"), "{}", outcome.out);
    assert!(outcome.out.contains("help: run: ecrgen render shop.yaml"), "{}", outcome.out);
}

/// Only the lines that were edited are in the diff, and the line endings are mentioned.
#[test]
fn reports_an_edit_in_a_file_with_different_line_ends() {
    let case = rendered();
    let path = "out/shared/ecr/repository_cart.tf";
    case.write(path, case.read(path).replace("= 10\n", "= 99\n").replace('\n', "\r\n"));
    let out = check(&case).out;
    let words =
        format!("changed: {path} does not match the spec, and its line endings differ too (CRLF instead of LF)\n");
    assert!(out.starts_with(&words), "{out}");
    assert!(out.contains(&format!("--- {path} (on disk, CRLF line endings)\n")), "{out}");
    let changed = |sign: &str| {
        let is_changed = |line: &&str| line.starts_with(sign) && !line.starts_with(&sign.repeat(3));
        out.lines().filter(is_changed).count()
    };
    assert_eq!((changed("-"), changed("+")), (1, 1), "{out}");
    assert!(out.contains("shop.yaml:7 (`repositories.cart.retention`)"), "{out}");
}

/// A clone in which git writes the line endings of Windows.
fn on_windows(case: &Case) -> Case {
    let clone = Case::new();
    let git = |folder: &Path, arguments: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
        let done = Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&case.path(""), &["init", "-q"]);
    git(&case.path(""), &["add", "-A"]);
    git(&case.path(""), &["commit", "-q", "-m", "all"]);
    let from = case.path("").display().to_string();
    git(&clone.path(""), &["clone", "-q", "-c", "core.autocrlf=true", &from, "."]);
    assert!(clone.read("shop.yaml").contains("\r\n"), "git converts files without attributes");
    clone
}

#[test]
fn a_clean_checkout_on_windows_is_in_sync() {
    let workspace = "workspace: { organization: acme }\n";
    let case = Case::new().file("shop.yaml", format!("{SHOP}{workspace}"));
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let clone = on_windows(&case);
    assert!(clone.read("out/.ecrgen/shop.json").contains("\r\n"));
    let outcome = check(&clone);
    assert_eq!(outcome.status, 0, "{}{}", outcome.out, outcome.err);
}

/// In a shared root module and for pipelines, `.gitattributes` belongs to the user.
#[test]
fn a_clean_checkout_of_folders_without_attributes_is_in_sync_too() {
    let shared = format!("{SHOP}terraform: {{ root: shared }}\n");
    let pipelines = format!(
        "{SHOP}pipelines: {{ infra: {{ checks: [drift], install: runner, host: github, specs: [shop.yaml] }} }}\n"
    );
    for spec in [shared, pipelines] {
        let case = Case::new().file("shop.yaml", spec);
        assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
        let outcome = check(&on_windows(&case));
        assert_eq!(outcome.status, 0, "{}{}", outcome.out, outcome.err);
    }
}

/// Where the output has `.gitattributes`, git does not convert, so something else did.
#[test]
fn other_line_endings_in_a_folder_of_the_output_are_said_as_that() {
    let case = rendered();
    let path = "out/shared/ecr/versions.tf";
    case.write(path, case.read(path).replace('\n', "\r\n"));
    let outcome = check(&case);
    assert_eq!(outcome.status, 1, "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.contains("line-endings: out/shared/ecr/versions.tf"), "{}", outcome.out);
    assert!(!outcome.out.contains("changed"), "{}", outcome.out);
}

#[test]
fn reports_an_empty_output_folder_and_keeps_it_empty() {
    let case = Case::new().file("shop.yaml", SHOP);
    let outcome = check(&case);
    assert_eq!(outcome.status, 1, "{}{}", outcome.out, outcome.err);
    assert!(!case.path("out").exists());
}

#[test]
fn reports_all_drift_at_once() {
    let case = rendered();
    let edited = ["out/shared/ecr/versions.tf", "out/shared/ecr/outputs.tf", "out/shared/ecr/README.md"];
    edited.iter().for_each(|path| case.write(path, format!("{}x\n", case.read(path))));
    let outcome = check(&case);
    assert!(edited.iter().all(|path| outcome.out.contains(path)), "{}", outcome.out);
}

#[test]
fn writes_nothing_when_it_refuses() {
    let case = rendered();
    case.write("out/shared/ecr/versions.tf", "terraform {}\n");
    case.write("shop.yaml", SHOP.replace("  search: {}\n", ""));
    let outcome = check(&case);
    assert_eq!(outcome.status, 2);
    for code in ["not-ours", "repository-lost"] {
        assert!(outcome.err.contains(code), "{}", outcome.err);
    }
}

#[test]
fn a_manifest_with_windows_line_endings_is_in_sync() {
    let case = super::rendered();
    let path = "out/.ecrgen/shop.json";
    case.write(path, case.read(path).replace('\n', "\r\n"));
    let outcome = case.run(&["check", "shop.yaml", "--out", "out"]);
    assert_eq!(outcome.status, 0, "{}{}", outcome.out, outcome.err);
}

/// Two repositories with the retention of `repository_defaults`, and one with its own.
const DEFAULTS: &str = "\
platform: shop
environment: shared
region: eu-central-1
repository_defaults:
  retention: [{ keep: 10, of: tagged }]
repositories:
  cart: { encryption: kms }
  search: {}
  users: { retention: [{ keep: 5, of: tagged }] }
";

#[test]
fn names_the_value_that_changed_once_for_all_files() {
    let case = Case::new().file("shop.yaml", DEFAULTS);
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    case.write("shop.yaml", DEFAULTS.replace("keep: 10", "keep: 20"));
    let outcome = check(&case);
    // The README also states what is kept.
    assert!(outcome.out.starts_with("changed: out/shared/ecr/README.md does not match the spec\n"), "{}", outcome.out);
    let cause = "\
changed: 2 files do not match the spec
  generated from shop.yaml:5 (`repository_defaults.retention`)
    out/shared/ecr/repository_cart.tf
    out/shared/ecr/repository_search.tf
";
    assert!(outcome.out.contains(cause), "{}", outcome.out);
    assert_eq!(outcome.out.matches("+++ ").count(), 1, "{}", outcome.out);
    let full = case.run(&["check", "shop.yaml", "--out", "out", "--full"]).out;
    assert_eq!(full.matches("+++ ").count(), 3, "{full}");

    case.write("shop.yaml", DEFAULTS.replace("keep: 5", "keep: 6"));
    let out = check(&case).out;
    assert!(out.contains("generated from shop.yaml:9 (`repositories.users.retention`)"), "{out}");
    case.write("shop.yaml", format!("{DEFAULTS}resource_tags: {{ Team: web }}\n"));
    let out = check(&case).out;
    assert!(out.contains("generated from shop.yaml:10 (`resource_tags"), "{out}");
}

#[test]
fn says_what_to_do_as_far_as_it_can_know() {
    let run = "run: ecrgen render shop.yaml --out out\n";
    let unknown = format!(
        "help: if these files were edited, restore them, or make the change in the spec; if only the spec changed, {run}"
    );
    let path = "out/shared/ecr/repository_cart.tf";

    // Only a file is edited. Nothing tells that the spec has not changed.
    let case = rendered();
    case.write(path, case.read(path).replace("= 10\n", "= 99\n"));
    assert!(check(&case).out.ends_with(&unknown));

    // The manifest records the resources of the last render, and the spec has another one.
    let case = rendered();
    case.write("shop.yaml", SHOP.replace("  search: {}\n", "  search: {}\n  users: {}\n"));
    let out = check(&case).out;
    assert!(out.ends_with(&format!("help: the spec or ecrgen changed since the last render, so {run}")), "{out}");

    let case = rendered();
    fs::remove_file(case.path(path)).expect("our file");
    assert!(check(&case).out.ends_with(&format!("help: {run}")));
}
