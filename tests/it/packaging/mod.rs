//! ecrgen in the repositories of other people: the action, the hooks, the workflows, the image, and the pages about them.

mod action;
mod bots;
mod hooks;
mod install;
mod linted;
mod section;

use std::fs;
use std::process::Command;

use crate::harness::{Case, Outcome, repository};

/// A file of this repository.
fn text_of(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The code blocks of a page in a language, such as `yaml`.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    let parts = page.split(&start).skip(1);
    parts.map(|part| part.split("\n```").next().expect("the end of a block").to_owned() + "\n").collect()
}

/// The only code block that begins with this line.
fn block(page: &str, language: &str, first: &str) -> String {
    let found: Vec<String> = blocks(page, language).into_iter().filter(|block| block.starts_with(first)).collect();
    let [block] = found.as_slice() else { panic!("{} blocks begin with {first}", found.len()) };
    block.clone()
}

/// Runs git in a case, as a person whom no configuration describes.
fn git(case: &Case, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    let output =
        Command::new("git").args(identity).args(arguments).current_dir(case.path("")).output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(case: &Case) {
    git(case, &["add", "--all"]);
    git(case, &["commit", "--quiet", "--message", "a change"]);
}

const SPEC: &str =
    "platform: shop\nenvironment: shared\nregion: eu-central-1\nrepositories: { cart: {}, search: {} }\n";

/// A state of a repository, and the result of a check.
struct State {
    name: &'static str,
    case: Case,
    status: i32,
    /// A part of what is printed.
    says: &'static str,
}

/// A clone of a repository with the spec and its output on `main`, and a branch `topic` that is checked out.
fn cloned(options: &[&str]) -> Case {
    let upstream = Case::new().file("ecrgen.yaml", SPEC);
    git(&upstream, &["init", "--quiet", "--initial-branch", "main"]);
    assert_eq!(upstream.run(&["render"]).status, 0);
    commit(&upstream);
    git(&upstream, &["checkout", "--quiet", "-b", "topic"]);
    upstream.write("README.md", "A change of the topic branch.\n");
    commit(&upstream);
    let clone = Case::new();
    let url = format!("file://{}", upstream.path("").display());
    git(&clone, &[&["clone", "--quiet", "--branch", "topic"], options, &[&url, "."]].concat());
    clone
}

/// The states that a check must tell apart. The status of the shallow clone is that with a base.
fn states() -> Vec<State> {
    let state = |name, options: &[&str], status, says, change: fn(&Case)| {
        let case = cloned(options);
        change(&case);
        State { name, case, status, says }
    };
    vec![
        state("in sync", &[], 0, "", |_| {}),
        state("drifted", &[], 1, "repository_cart.tf", |case| {
            let path = "shared/ecr/repository_cart.tf";
            case.write(path, case.read(path).replace("IMMUTABLE", "MUTABLE"));
        }),
        state("orphaned", &[], 1, "repository_search.tf", |case| {
            case.write("ecrgen.yaml", format!("{}removed: {{ search: retain }}\n", SPEC.replace(", search: {}", "")));
            let path = "shared/ecr/repository_search.tf";
            let orphan = case.read(path);
            assert_eq!(case.run(&["render"]).status, 0);
            case.write(path, orphan);
            git(case, &["checkout", "--quiet", "--", ".ecrgen"]);
        }),
        state("bad spec", &[], 2, "ecrgen.yaml", |case| {
            case.write("ecrgen.yaml", SPEC.replace("eu-central-1", "eu-centre-1"));
        }),
        state("shallow clone", &["--depth", "1"], 2, "fetch-depth: 0", |_| {}),
    ]
}

/// Runs a script of this repository in a folder of a case, with only these variables and the `PATH`.
fn script(case: &Case, script: &str, path: &str, variables: &[(&str, &str)]) -> Outcome {
    let mut command = Command::new("bash");
    command.arg(repository().join(script)).current_dir(case.path("")).env_clear();
    command.env("PATH", format!("{path}:{}", std::env::var("PATH").unwrap_or_default()));
    let output = command.envs(variables.iter().copied()).output().expect("bash runs");
    Outcome {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
