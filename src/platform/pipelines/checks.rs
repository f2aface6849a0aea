//! A pipeline that checks the pull requests of the infrastructure repository.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, codes};
use crate::language::pipelines::checks::Checks as Written;
use crate::language::pipelines::{Pipeline, apply, install};
use crate::platform::VERSION;
use crate::source::Spanned;

pub use crate::language::pipelines::Host;
pub use crate::language::pipelines::checks::Check;

/// What a pipeline checks, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checks {
    /// The checks; at least one.
    pub checks: BTreeSet<Check>,
    /// Where the repository is hosted.
    pub host: Host,
    /// The paths of the specs; empty if ecrgen finds them itself.
    pub specs: Vec<String>,
    /// Where the pipeline gets ecrgen from.
    pub install: Install,
    /// Whether Atlantis plans and applies the root modules.
    pub atlantis: bool,
    /// The job that applies the root module.
    pub apply: Option<Apply>,
}

/// Where a pipeline gets ecrgen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Install {
    /// The runner has it.
    Runner,
    /// `cargo install` compiles it.
    Git {
        /// The URL of the repository.
        url: String,
        /// The option of `cargo install` that selects a commit, and its value.
        commit: (&'static str, String),
    },
    /// It is in an archive.
    Archive {
        /// The URL.
        url: String,
        /// The checksum.
        sha256: String,
    },
}

/// A job that applies the root module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apply {
    /// The ARN of the role that it assumes.
    pub role: String,
    /// The deployment environment that it runs in.
    pub environment: String,
    /// The branch that it applies.
    pub branch: String,
}

impl Checks {
    /// Whether this is one of the checks.
    pub fn has(&self, check: Check) -> bool {
        self.checks.contains(&check)
    }
}

/// Resolves the pipeline.
pub(super) fn resolve(
    written: &Pipeline,
    what: &Spanned<Written>,
    has_workspace: bool,
) -> Result<Checks, Vec<Diagnostic>> {
    let checks: BTreeSet<Check> = match &what.value {
        Written::All => Check::ALL.into_iter().collect(),
        Written::These(list) => list.iter().map(|check| check.value).collect(),
    };
    let mut faults = Vec::new();
    if checks.contains(&Check::Drift) && written.install.is_none() {
        let message = "the check `drift` runs ecrgen, and the pipeline does not state where ecrgen comes from";
        let help = "add `install: { git: URL }` or `install: { archive: URL, sha256: CHECKSUM }`; write `install: runner` if the runner has ecrgen";
        faults.push(bad(what.span, message, help, "checks"));
    }
    if let Some(Spanned { value: install::Install::From(from), .. }) = &written.install {
        faults.extend(from.archive.as_ref().filter(|_| from.sha256.is_none()).map(|archive| {
            let help = "add `sha256`, the checksum of the archive";
            bad(archive.span, "`archive` needs a checksum", help, "install.archive")
        }));
    }
    let atlantis = written.atlantis.as_ref().filter(|atlantis| atlantis.value);
    if let (Some(apply), true) = (&written.apply, has_workspace) {
        let message = "the workspace applies the root module, so the pipeline must not apply it too";
        faults.push(bad(apply.span, message, "remove `apply`, or remove `workspace`", "apply"));
    }
    if let Some(atlantis) = atlantis.filter(|_| has_workspace || written.apply.is_some()) {
        let other = if has_workspace { "the workspace applies" } else { "the job `apply` applies" };
        let message = format!("{other} the root module, so Atlantis must not apply it too");
        faults.push(bad(atlantis.span, message, "remove `atlantis`", "atlantis"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Checks {
        checks,
        host: written.host.as_ref().map_or(Host::Github, |host| host.value),
        specs: written.specs.iter().flatten().map(|path| path.as_str().to_owned()).collect(),
        install: written.install.as_ref().map_or(Install::Runner, |install| install_of(&install.value)),
        atlantis: atlantis.is_some(),
        apply: written.apply.as_ref().map(apply_of),
    })
}

fn install_of(written: &install::Install) -> Install {
    let install::Install::From(from) = written else { return Install::Runner };
    match (&from.git, &from.archive, &from.sha256) {
        (Some(git), _, _) => {
            let tag = || ("--tag", format!("v{VERSION}"));
            let commit = from.rev.as_ref().map_or_else(tag, |rev| ("--rev", rev.as_str().to_owned()));
            Install::Git { url: git.as_str().to_owned(), commit }
        }
        (None, Some(archive), Some(sha256)) => {
            Install::Archive { url: archive.as_str().to_owned(), sha256: sha256.as_str().to_owned() }
        }
        (None, _, _) => unreachable!("the record has `git` or `archive`, and an archive has a checksum"),
    }
}

fn apply_of(written: &apply::Apply) -> Apply {
    Apply {
        role: written.role.as_str().to_owned(),
        environment: written.environment.as_str().to_owned(),
        branch: written.branch.as_ref().map_or("main", |branch| branch.as_str()).to_owned(),
    }
}

fn bad(span: crate::source::Span, message: impl Into<String>, help: &str, path: &str) -> Diagnostic {
    Diagnostic::new(&codes::BAD_PIPELINE, span, message.into()).on_key().help(help).at(path)
}
