//! The build that `ecrgen tag` is about: from the options, the variables of CI, or git.

use std::env;
use std::process::Command;

use anyhow::{Context as _, anyhow, bail};

use super::Args;
use crate::cli::clock;
use crate::platform::image_tags::{Build, Reference};
use crate::time::{Time, parse_time};

/// The build.
pub(super) struct Context {
    /// Its ref, commit and time.
    pub(super) build: Build,
}

impl Context {
    /// The build that the options describe. What they leave out comes from CI or git.
    ///
    /// # Errors
    /// If a value is missing or invalid.
    pub(super) fn of(args: &Args) -> anyhow::Result<Context> {
        let reference = match &args.reference {
            Some(reference) => reference.clone(),
            None => reference_of_ci().map_or_else(reference_of_git, Ok)?,
        };
        let reference = Reference::parse(&reference).ok_or_else(|| {
            anyhow!("--ref: write refs/heads/{reference} for a branch, or refs/tags/{reference} for a git tag")
        })?;
        let commit = match &args.sha {
            Some(sha) => sha.clone(),
            None => commit_of_ci().map_or_else(commit_of_git, Ok)?,
        };
        let commit = commit.to_ascii_lowercase();
        if !(4..=64).contains(&commit.len()) || !commit.bytes().all(|b| b.is_ascii_hexdigit()) {
            bail!("--sha: `{commit}` is not the hash of a commit, which has 40 or 64 hexadecimal digits");
        }
        let time = match args.time {
            Some(time) => time,
            None => time_of_ci()?.unwrap_or_else(clock::now),
        };
        Ok(Context { build: Build { reference, commit, time } })
    }
}

/// A variable of CI that is not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn is_github() -> bool {
    variable("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

fn is_gitlab() -> bool {
    variable("GITLAB_CI").is_some_and(|value| value == "true")
}

/// The full name of the ref that runs (GitHub documentation, "Variables reference"; GitLab documentation, "Predefined CI/CD
/// variables reference": `CI_COMMIT_BRANCH` is empty in pipelines of tags and merge requests).
fn reference_of_ci() -> Option<String> {
    if is_github() {
        return variable("GITHUB_REF");
    }
    let named = |prefix: &str, name| variable(name).map(|name| format!("{prefix}{name}"));
    let of_tag = || named("refs/tags/", "CI_COMMIT_TAG");
    let of_branch = || named("refs/heads/", "CI_COMMIT_BRANCH");
    let of_merge_request = || variable("CI_MERGE_REQUEST_REF_PATH");
    is_gitlab().then(|| of_tag().or_else(of_branch).or_else(of_merge_request)).flatten()
}

fn commit_of_ci() -> Option<String> {
    match (is_github(), is_gitlab()) {
        (true, _) => variable("GITHUB_SHA"),
        (_, true) => variable("CI_COMMIT_SHA"),
        _ => None,
    }
}

/// The start of a pipeline of GitLab, so that all of its jobs use the same time. GitHub has no variable for it.
fn time_of_ci() -> anyhow::Result<Option<Time>> {
    let created = variable("CI_PIPELINE_CREATED_AT").filter(|_| is_gitlab());
    let time = |text: String| parse_time(&text).map_err(|why| anyhow!("CI_PIPELINE_CREATED_AT: `{text}` {why}"));
    created.map(time).transpose()
}

fn reference_of_git() -> anyhow::Result<String> {
    let head = git(&["symbolic-ref", "--quiet", "HEAD"])?;
    head.ok_or_else(|| anyhow!("no branch is checked out here; pass --ref refs/heads/NAME or --ref refs/tags/NAME"))
}

fn commit_of_git() -> anyhow::Result<String> {
    let head = git(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])?;
    head.ok_or_else(|| anyhow!("the git repository has no commit; pass --sha HASH"))
}

/// What git prints about the repository of the current folder. `None` if it has no answer.
fn git(arguments: &[&str]) -> anyhow::Result<Option<String>> {
    let options = "pass --ref and --sha";
    let run = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output();
        output.with_context(|| format!("git cannot be run; {options}"))
    };
    let output = run(arguments)?;
    if output.status.success() {
        return Ok(Some(
            String::from_utf8(output.stdout).context("git printed text that is not UTF-8")?.trim().to_owned(),
        ));
    }
    let inside = run(&["rev-parse", "--git-dir"])?;
    if !inside.status.success() {
        bail!("no git repository is here, and CI sets no variables; {options}");
    }
    Ok(None)
}
