//! `render --dry-run` shows what `render` would do, and does nothing.

use serde_json::Value;

use crate::cli::{BROKEN, SHOP, rendered, state};
use crate::harness::{Case, Outcome};

/// A case with a file to update, one to create and one to remove.
fn changed() -> Case {
    let case = rendered();
    std::fs::remove_file(case.path("out/shared/ecr/outputs.tf")).expect("our file");
    case.write(
        "shop.yaml",
        SHOP.replace("keep: 10", "keep: 11").replace("  search: {}\n", "removed: { search: retain }\n"),
    );
    case
}

fn dry_run(case: &Case, more: &[&str]) -> Outcome {
    let before = state(&case.path(""));
    let outcome = case.run(&[&["render", "shop.yaml", "--out", "out", "--dry-run"], more].concat());
    assert_eq!(state(&case.path("")), before, "something was written");
    outcome
}

#[test]
fn shows_each_file_with_a_diff_and_exits_with_0() {
    let outcome = dry_run(&changed(), &[]);
    assert_eq!((outcome.status, outcome.err.as_str()), (0, ""));
    for line in [
        "would update out/shared/ecr/repository_cart.tf",
        "would create out/shared/ecr/outputs.tf",
        "would remove out/shared/ecr/repository_search.tf",
        "would update out/.ecrgen/shop.json",
    ] {
        assert!(outcome.out.lines().any(|it| it == line), "{line} is missing from\n{}", outcome.out);
    }
    let has = |line: &str| outcome.out.lines().any(|it| it.split_whitespace().eq(line.split_whitespace()));
    assert!(has("- countNumber = 10") && has("+ countNumber = 11"), "{}", outcome.out);
    let last = outcome.out.lines().last().expect("a summary");
    assert!(last.starts_with("nothing was written: ") && last.contains(" 1 removed, "), "{last}");
}

/// `render` then does exactly what was shown.
#[test]
fn announces_what_render_does() {
    let case = changed();
    let announced = dry_run(&case, &["--format", "json"]);
    let announced: Value = serde_json::from_str(&announced.out).expect("one document");
    assert_eq!((&announced["dry_run"], &announced["findings"]), (&Value::Bool(true), &Value::Array(Vec::new())));
    let done = case.run(&["render", "shop.yaml", "--out", "out", "--format", "json"]);
    let done: Value = serde_json::from_str(&done.out).expect("one document");
    let changes = |document: &Value, prefix: &str| {
        let files = document["written"].as_array().expect("a list").iter();
        let change = |file: &Value| {
            let path = file["path"].as_str().expect("a path");
            format!("{} {}", file["kind"].as_str().expect("a kind"), path.strip_prefix(prefix).unwrap_or(path))
        };
        let files = files.map(change).filter(|change| !change.starts_with("unchanged"));
        files.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(changes(&announced, "out/"), changes(&done, ""));
    assert!(announced["written"].as_array().is_some_and(|files| files.iter().any(|file| file["diff"].is_string())));
    let nothing = dry_run(&case, &[]);
    assert_eq!(nothing.out, "up to date: 9 files unchanged, nothing to write\n");
}

/// `patch` can apply the diff of a file.
#[test]
fn the_diff_is_whole() {
    let case = Case::new().file("shop.yaml", SHOP);
    let shown = dry_run(&case, &[]).out;
    assert_eq!(case.run(&["render", "shop.yaml", "--out", "out"]).status, 0);
    let added: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix('+')).collect();
    for file in ["shared/ecr/README.md", "shared/ecr/repository_cart.tf", ".ecrgen/shop.json"] {
        let text = case.read(&format!("out/{file}"));
        let lines: Vec<&str> = text.lines().collect();
        assert!(added.windows(lines.len()).any(|window| window == lines), "{file} is not whole in\n{shown}");
    }
}

#[test]
fn errors_are_errors() {
    let case = Case::new().file("shop.yaml", BROKEN);
    assert_eq!(dry_run(&case, &[]).status, 2);
    let case = rendered();
    case.write("shop.yaml", SHOP.replace("  search: {}\n", ""));
    let outcome = dry_run(&case, &[]);
    assert!(outcome.status == 2 && outcome.err.contains("error[repository-lost]"), "{}", outcome.err);
}
