//! The exit status of each command, as the design's table has it.

use super::{BROKEN, SHOP, WARNED};
use crate::harness::Case;

fn case() -> Case {
    Case::new().file("good.yaml", SHOP).file("warned.yaml", WARNED).file("broken.yaml", BROKEN).file("no.yaml", "a: [")
}

/// Runs in one folder after another case, line by line: arguments, status.
fn statuses(case: &Case, lines: &[(&str, i32)]) {
    for (line, status) in lines {
        let arguments: Vec<&str> = line.split(' ').collect();
        let outcome = case.run(&arguments);
        assert_eq!(outcome.status, *status, "ecrgen {line}\n{}{}", outcome.out, outcome.err);
    }
}

#[test]
fn render_is_0_written_or_unchanged_and_2_refused() {
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
fn check_is_0_in_sync_1_drift_2_could_not() {
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
fn lint_is_0_none_1_errors_or_warnings_2_could_not_run() {
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
fn explain_schema_init_and_completions_are_0_or_2() {
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
fn the_starter_renders_without_a_finding() {
    let case = Case::new();
    assert_eq!(case.run(&["init"]).status, 0);
    let outcome = case.run(&["lint", "platform.yaml"]);
    assert_eq!((outcome.status, outcome.out.as_str(), outcome.err.as_str()), (0, "", ""));
    assert_eq!(case.run(&["render", "platform.yaml"]).status, 0);
    assert_eq!(case.run(&["check", "platform.yaml"]).status, 0);
}

#[test]
fn init_does_not_touch_what_is_there() {
    let case = Case::new().file("platform.yaml", "mine");
    assert_eq!(case.run(&["init"]).status, 2);
    assert_eq!(case.read("platform.yaml"), "mine");
}

#[test]
fn every_code_explains_itself_and_the_list_names_each() {
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
