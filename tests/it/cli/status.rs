//! The exit status of each command, as documented in its help.

use super::{BROKEN, SHOP, WARNED};
use crate::harness::Case;

fn case() -> Case {
    Case::new().file("good.yaml", SHOP).file("warned.yaml", WARNED).file("broken.yaml", BROKEN).file("no.yaml", "a: [")
}

/// Runs one command line after the other in the folder of a case, and asserts the exit status of each.
fn statuses(case: &Case, lines: &[(&str, i32)]) {
    for (line, status) in lines {
        let arguments: Vec<&str> = line.split(' ').collect();
        let outcome = case.run(&arguments);
        assert_eq!(outcome.status, *status, "ecrgen {line}\n{}{}", outcome.out, outcome.err);
    }
}

#[test]
fn render_exits_with_0_if_up_to_date_and_2_with_errors() {
    statuses(
        &case(),
        &[
            ("render good.yaml", 0),
            ("render good.yaml", 0),
            ("render warned.yaml --out warned", 0),
            ("render warned.yaml --out denied --deny warnings", 2),
            ("render broken.yaml", 2),
            ("render no.yaml", 2),
            ("render missing.yaml", 2),
            ("render good.yaml --out good.yaml", 2),
            ("render", 2),
            ("render good.yaml --format xml", 2),
        ],
    );
}

#[test]
fn check_exits_with_0_in_sync_1_with_drift_and_2_with_errors() {
    let case = case();
    statuses(&case, &[("check good.yaml", 1), ("render good.yaml", 0), ("check good.yaml", 0)]);
    case.write("shared/ecr/versions.tf", format!("{} ", case.read("shared/ecr/versions.tf")));
    statuses(
        &case,
        &[
            ("check good.yaml", 1),
            ("check warned.yaml --deny warnings", 2),
            ("check broken.yaml", 2),
            ("check missing.yaml", 2),
            ("check good.yaml --out good.yaml", 2),
        ],
    );
}

#[test]
fn lint_exits_with_0_if_clean_1_with_findings_and_2_if_unreadable() {
    statuses(
        &case(),
        &[
            ("lint good.yaml", 0),
            ("lint warned.yaml", 1),
            ("lint good.yaml warned.yaml", 1),
            ("lint broken.yaml", 1),
            ("lint no.yaml", 1),
            ("lint missing.yaml", 2),
            ("lint .", 2),
        ],
    );
}

#[test]
fn explain_schema_init_and_completions_exit_with_0_or_2() {
    let case = case();
    statuses(
        &case,
        &[
            ("explain", 0),
            ("explain shared-retention-count", 0),
            ("explain shared-retention-cuont", 2),
            ("schema", 0),
            ("schema good.yaml", 2),
            ("init", 0),
            ("init", 2),
            ("init other.yaml", 0),
            ("init no/such/folder.yaml", 2),
            ("completions bash", 0),
            ("completions cmd", 2),
            ("frobnicate", 2),
        ],
    );
    assert!(case.run(&["explain", "shared-retention-cuont"]).err.contains("did you mean `shared-retention-count`?"));
}

#[test]
fn the_starter_spec_renders_without_findings() {
    let case = Case::new();
    assert_eq!(case.run(&["init"]).status, 0);
    let outcome = case.run(&["lint"]);
    assert_eq!((outcome.status, outcome.out.as_str()), (0, ""));
    assert_eq!(case.run(&["render"]).status, 0);
    assert_eq!(case.run(&["check"]).status, 0);
}

#[test]
fn init_keeps_an_existing_file() {
    let case = Case::new().file("ecrgen.yaml", "mine");
    assert_eq!(case.run(&["init"]).status, 2);
    assert_eq!(case.read("ecrgen.yaml"), "mine");
}

#[test]
fn explain_lists_every_code_and_has_a_page_for_each() {
    let case = Case::new();
    let list = case.run(&["explain"]).out;
    let codes: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for code in ["shared-retention-count", "policy-too-large", "unknown-key", "two-tag-lists", "repository-lost"] {
        assert!(codes.contains(&code), "{code} is missing from\n{list}");
    }
    for code in codes {
        let page = case.run(&["explain", code]);
        assert_eq!(page.status, 0);
        assert!(["Bad:", "Good:", "Source:"].iter().all(|part| page.out.contains(part)), "{}", page.out);
    }
}
