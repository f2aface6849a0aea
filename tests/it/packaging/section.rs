//! The README's section "Use it in your repository": its workflow is red, and then green, in a fresh repository.

use super::action::run;
use super::{block, blocks, commit, git, text_of};
use crate::harness::{Case, accepts};

/// The section.
fn section() -> String {
    let readme = text_of("README.md");
    let start = readme.find("## Use it in your repository").expect("the section");
    let rest = &readme[start..];
    rest[..rest[3..].find("\n## ").map_or(rest.len(), |end| end + 3)].to_owned()
}

/// The commands of the section's console blocks, in order. `docs` compares their outputs.
fn commands() -> Vec<String> {
    let all = blocks(&section(), "console").concat();
    all.lines().filter_map(|line| line.strip_prefix("$ ")).map(str::to_owned).collect()
}

#[test]
fn a_new_user_gets_a_red_and_then_a_green_check() {
    let case = Case::new();
    git(&case, &["init", "--quiet", "--initial-branch", "main"]);
    git(&case, &["commit", "--quiet", "--allow-empty", "--message", "an empty repository"]);
    git(&case, &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    git(&case, &["checkout", "--quiet", "-b", "topic"]);
    let workflow = block(&section(), "yaml", "# .github/workflows/ecrgen.yml");
    assert!(workflow.contains("fetch-depth: 0"), "the base of the pull request is needed");
    case.write(".github/workflows/ecrgen.yml", workflow);
    let mut results = Vec::new();
    for command in commands() {
        match command.split(" && ").next().expect("a command") {
            "cd .." => {}
            "git add ." => commit(&case),
            "ecrgen check" => {
                // What the person sees, and what the action says about the pull request.
                let by_hand = case.run(&["check"]).status;
                let by_action = run(&case, &[("GITHUB_BASE_REF", "main")]);
                assert_eq!(by_hand, by_action.outcome.status, "{:?}", by_action.outcome);
                results.push(by_action.output);
            }
            other => {
                let arguments: Vec<&str> = other.strip_prefix("ecrgen ").expect("ecrgen or git").split(' ').collect();
                assert_eq!(case.run(&arguments).status, 0, "{command}");
            }
        }
    }
    assert_eq!(results, ["result=drift\n", "result=in-sync\n"]);
}

#[test]
fn the_workflow_is_valid_and_safe() {
    let workflow = block(&section(), "yaml", "# .github/workflows/ecrgen.yml");
    // Any commit: the reader writes one.
    let case = Case::new().file("ecrgen.yml", workflow.replace("COMMIT", &"0123456789".repeat(4)));
    accepts("check-jsonschema", &["--builtin-schema", "vendor.github-workflows", "ecrgen.yml"], &case.path(""));
    accepts("zizmor", &["--offline", "--quiet", "--pedantic", "ecrgen.yml"], &case.path(""));
}
