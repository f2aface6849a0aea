//! `--quiet` hides messages about success, and nothing else. Without it, each success is a message.

use crate::cli::{SHOP, WARNED, rendered};
use crate::harness::Case;

/// What a command prints to standard output and standard error.
fn printed(case: &Case, arguments: &[&str]) -> (String, String) {
    let outcome = case.run(arguments);
    (outcome.out, outcome.err)
}

#[test]
fn a_clean_lint_names_what_it_looked_at() {
    let case = Case::new().file("shop.yaml", SHOP).file("other.yaml", SHOP);
    let said = |text: &str| (String::new(), text.to_owned());
    assert_eq!(printed(&case, &["lint", "shop.yaml"]), said("no findings in shop.yaml\n"));
    assert_eq!(printed(&case, &["lint", "shop.yaml", "other.yaml"]), said("no findings in 2 specs\n"));
    assert_eq!(printed(&case, &["validate", "shop.yaml"]), said("no findings in shop.yaml\n"));
}

#[test]
fn quiet_hides_success() {
    let case = rendered();
    for arguments in [
        &["lint", "shop.yaml"][..],
        &["check", "shop.yaml", "--out", "out"],
        &["render", "shop.yaml", "--out", "out"],
        &["render", "shop.yaml", "--out", "new"],
        &["init"],
    ] {
        for quiet in ["-q", "--quiet"] {
            assert_eq!(printed(&case, &[arguments, &[quiet]].concat()), Default::default(), "{arguments:?}");
            let _ = std::fs::remove_file(case.path("ecrgen.yaml"));
        }
    }
    assert!(case.path("new/shared/ecr/versions.tf").exists());
}

#[test]
fn quiet_hides_no_finding_no_drift_no_result_and_no_document() {
    let case = rendered().file("warned.yaml", WARNED);
    case.write("out/shared/ecr/versions.tf", case.read("out/shared/ecr/versions.tf") + "\n");
    for arguments in [
        &["lint", "warned.yaml"][..],
        &["check", "shop.yaml", "--out", "out"],
        &["render", "shop.yaml", "--out", "new", "--dry-run"],
        &["access", "shop.yaml"],
        &["explain", "plan-can-write"],
        &["lint", "shop.yaml", "--format", "json"],
        &["lint", "missing.yaml"],
        &["access", "missing.yaml"],
    ] {
        let (loud, quiet) = (printed(&case, arguments), printed(&case, &[arguments, &["--quiet"]].concat()));
        assert!(!(loud.0.is_empty() && loud.1.is_empty()), "{arguments:?}");
        assert_eq!(loud, quiet, "{arguments:?}");
    }
}
