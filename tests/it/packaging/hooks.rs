//! `.pre-commit-hooks.yaml`: each hook does what it promises.

use super::{State, block, cloned, states, text_of};
use crate::harness::{Case, Outcome, accepts, repository};

/// The value of a key in the hook with this ID.
fn value(hook: &str, key: &str) -> String {
    let text = text_of(".pre-commit-hooks.yaml");
    let hook = text.split(&format!("- id: {hook}\n")).nth(1).unwrap_or_else(|| panic!("no hook {hook}"));
    let hook = hook.split("- id:").next().expect("a hook");
    let value = hook.lines().find_map(|line| line.trim().strip_prefix(&format!("{key}: ")).map(str::to_owned));
    value.unwrap_or_else(|| panic!("no {key} in {hook}"))
}

/// Runs a hook as pre-commit does, which names no files: `pass_filenames` is false.
fn run(case: &Case, hook: &str) -> Outcome {
    assert_eq!(value(hook, "pass_filenames"), "false");
    let entry = value(hook, "entry");
    let arguments: Vec<&str> = entry.strip_prefix("ecrgen ").expect("ecrgen").split(' ').collect();
    case.run(&arguments)
}

#[test]
fn the_check_tells_the_states_of_a_repository_apart() {
    assert_eq!(value("ecrgen-check", "always_run"), "true", "an edited .tf file is drift");
    for State { name, case, status, says } in states() {
        let outcome = run(&case, "ecrgen-check");
        // Without a base, a shallow clone is as good as any.
        let (status, says) = if name == "shallow clone" { (0, "") } else { (status, says) };
        assert_eq!(outcome.status, status, "{name}: {outcome:?}");
        assert!((outcome.out + &outcome.err).contains(says), "{name}");
    }
}

#[test]
fn the_render_makes_the_check_pass() {
    let case = cloned(&[]);
    case.write("ecrgen.yaml", super::SPEC.replace("cart: {}", "cart: {}, basket: {}"));
    assert_eq!(run(&case, "ecrgen-check").status, 1);
    assert_eq!(run(&case, "ecrgen-render").status, 0);
    assert_eq!(run(&case, "ecrgen-check").status, 0);
    case.write("ecrgen.yaml", super::SPEC.replace("eu-central-1", "nowhere"));
    assert_eq!(run(&case, "ecrgen-lint").status, 1);
}

/// pre-commit runs the hook only if one of these files changes.
#[test]
fn the_lint_runs_for_specs() {
    let files = regex_lite::Regex::new(&value("ecrgen-lint", "files")).expect("a pattern");
    for (path, is_spec) in [
        ("ecrgen.yaml", true),
        ("infra/ecrgen.yaml", true),
        ("ecrgen/shop.yaml", true),
        ("ecrgen/base/all.yaml", true),
        ("myecrgen.yaml", false),
        ("ecrgen.schema.json", false),
        ("shared/ecr/main.tf", false),
    ] {
        assert_eq!(files.is_match(path), is_spec, "{path}");
    }
}

/// pre-commit reads the hooks, and the configuration on the page.
#[test]
fn pre_commit_accepts_the_hooks_and_the_example() {
    accepts("pre-commit", &["validate-manifest", ".pre-commit-hooks.yaml"], repository());
    let case = Case::new().file("config.yaml", block(&text_of("docs/ci.md"), "yaml", "# .pre-commit-config.yaml"));
    accepts("pre-commit", &["validate-config", "config.yaml"], &case.path(""));
}

#[test]
fn the_page_names_every_hook() {
    let page = text_of("docs/ci.md");
    let hooks = text_of(".pre-commit-hooks.yaml");
    for hook in hooks.lines().filter_map(|line| line.strip_prefix("- id: ")) {
        assert!(page.contains(&format!("| `{hook}` |")), "{hook}");
        assert_eq!(value(hook, "language"), "rust", "pre-commit builds it");
    }
    let example = block(&page, "yaml", "# .pre-commit-config.yaml");
    assert!(example.contains("- id: ecrgen-check"));
}
