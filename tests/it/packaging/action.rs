//! `action/run.sh`, as `action.yml` runs it.

use std::collections::BTreeSet;
use std::fs;

use super::{State, cloned, script, states, text_of};
use crate::harness::{Case, Outcome};

/// What a run leaves behind.
pub(super) struct Run {
    pub(super) outcome: Outcome,
    /// The file `GITHUB_OUTPUT`.
    pub(super) output: String,
    /// The job summary.
    pub(super) summary: String,
}

/// Runs the script with the defaults of the inputs, except for these variables.
pub(super) fn run(case: &Case, variables: &[(&str, &str)]) -> Run {
    let files = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| files.path().join(name).display().to_string();
    let (output, summary) = (path("output"), path("summary"));
    let defaults = [
        ("ECRGEN_PROGRAM", env!("CARGO_BIN_EXE_ecrgen")),
        ("ECRGEN_COMMAND", "check"),
        ("ECRGEN_SPECS", ""),
        ("ECRGEN_OUT", ""),
        ("ECRGEN_BASE", ""),
        ("ECRGEN_DENY_WARNINGS", "true"),
        ("ECRGEN_SUMMARY", "true"),
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_OUTPUT", &output),
        ("GITHUB_STEP_SUMMARY", &summary),
    ];
    let outcome = script(case, "action/run.sh", "", &[&defaults, variables].concat());
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    Run { outcome, output: read(&output), summary: read(&summary) }
}

#[test]
fn tells_the_states_of_a_repository_apart() {
    for State { name, case, status, says } in states() {
        let run = run(&case, &[("GITHUB_BASE_REF", "main")]);
        assert_eq!(run.outcome.status, status, "{name}: {:?}", run.outcome);
        assert!(run.outcome.out.contains(says), "{name}: {:?}", run.outcome);
        let result = match status {
            0 => "in-sync",
            1 => "drift",
            _ => "error",
        };
        assert_eq!(run.output, format!("result={result}\n"), "{name}");
        assert!(run.summary.starts_with(&format!("## ecrgen check: {result}\n\n    ")), "{name}: {}", run.summary);
        assert!(run.summary.contains(says), "{name}: {}", run.summary);
        // An annotation for each problem, and none for a repository without one.
        assert_eq!(run.outcome.out.contains("::error "), status != 0, "{name}: {:?}", run.outcome);
    }
}

#[test]
fn compares_with_the_branch_that_a_pull_request_is_merged_into() {
    let case = cloned(&[]);
    // The pull request removes every trace of a repository.
    case.write("ecrgen.yaml", super::SPEC.replace(", search: {}", ""));
    fs::remove_dir_all(case.path(".ecrgen")).expect("the manifest");
    fs::remove_dir_all(case.path("shared")).expect("the output");
    assert_eq!(case.run(&["render"]).status, 0);
    let run = run(&case, &[("GITHUB_BASE_REF", "main")]);
    assert_eq!(run.outcome.status, 2, "{:?}", run.outcome);
    assert!(run.outcome.out.contains("search"), "{:?}", run.outcome);
    let without = super::action::run(&case, &[("GITHUB_BASE_REF", "main"), ("ECRGEN_BASE", "none")]);
    assert_eq!(without.outcome.status, 0, "{:?}", without.outcome);
}

#[test]
fn lints_and_passes_options_on() {
    let case = Case::new().file("a.yaml", super::SPEC).file("b/ecrgen.yaml", super::SPEC.replace("cart", "basket"));
    let lint = |specs: &str| run(&case, &[("ECRGEN_COMMAND", "lint"), ("ECRGEN_SPECS", specs)]);
    assert_eq!(lint("a.yaml b/ecrgen.yaml").outcome.status, 0);
    assert_eq!(lint("a.yaml c.yaml").outcome.status, 2);
    assert_eq!(lint("a.yaml").output, "result=in-sync\n");
    case.write(
        "warned.yaml",
        super::SPEC.replace("{ cart", "{ all: { services: [a, b], retention: [{ keep: 5, of: tagged }] }, cart"),
    );
    assert_eq!(lint("warned.yaml").outcome.status, 1);
    let lenient = [("ECRGEN_COMMAND", "lint"), ("ECRGEN_SPECS", "warned.yaml"), ("ECRGEN_DENY_WARNINGS", "false")];
    let lenient = run(&case, &lenient);
    assert_eq!((lenient.outcome.status, lenient.output.as_str()), (1, "result=findings\n"), "a warning is a finding");
    let out = run(&case, &[("ECRGEN_SPECS", "a.yaml"), ("ECRGEN_OUT", "infra"), ("ECRGEN_SUMMARY", "false")]);
    assert!(out.outcome.out.contains("infra/shared/ecr"), "{:?}", out.outcome);
    assert_eq!(out.summary, "");
}

/// The names of specs come from the workflow, and those of branches from anyone.
#[test]
fn refuses_options_and_runs_no_code_from_names() {
    let case = cloned(&[]);
    for (variable, value, says) in [
        ("ECRGEN_SPECS", "--out=elsewhere", "the input specs has '--out=elsewhere'; write './--out=elsewhere'"),
        ("ECRGEN_COMMAND", "render", "the input command must be check or lint, not 'render'"),
    ] {
        let run = run(&case, &[(variable, value)]);
        assert_eq!((run.outcome.status, run.outcome.out), (2, format!("::error title=ecrgen::{says}\n")));
    }
    let run = run(&case, &[("GITHUB_BASE_REF", "$(touch injected);`touch injected`")]);
    assert_eq!(run.outcome.status, 2);
    assert!(!case.path("injected").exists());
}

/// A spec can contain Markdown and HTML. In the summary it is code.
#[test]
fn the_summary_shows_untrusted_text_as_code() {
    let case = Case::new().file("ecrgen.yaml", super::SPEC.replace("eu-central-1", "\"```</details><img src=x>\""));
    let summary = run(&case, &[]).summary;
    let lines: Vec<&str> = summary.lines().filter(|line| line.contains("<img")).collect();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.starts_with("    ")), "{summary}");
}

/// Each variable that the scripts read is set by the action, and each input is used.
#[test]
fn the_action_sets_what_the_scripts_read() {
    let action = text_of("action.yml");
    let scripts = text_of("action/run.sh") + &text_of("action/install.sh");
    let name = regex_lite::Regex::new("ECRGEN_[A-Z0-9_]+").expect("a pattern");
    let names = |text: &str| name.find_iter(text).map(|found| found.as_str().to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(names(&action), names(&scripts));
    let inputs = action.split("\noutputs:").next().expect("inputs").split("inputs:\n").nth(1).expect("inputs");
    let inputs: Vec<&str> = inputs
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'))
        .filter(|name| !name.starts_with(' '))
        .collect();
    assert!(inputs.len() >= 10, "{inputs:?}");
    let page = text_of("docs/ci.md");
    for input in inputs {
        assert!(action.contains(&format!("inputs.{input}")), "{input} is not used");
        assert!(page.contains(&format!("| `{input}` |")), "{input} is not in docs/ci.md");
    }
}
