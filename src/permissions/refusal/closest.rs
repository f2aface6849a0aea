//! The role that comes closest to admitting a token.

use std::cmp::Reverse;

use super::check::{Check, Outcome};
use super::role::RoleAnswer;
use crate::iam::{Token, matches_pattern};

/// The index of the requested role, or else of the role that comes closest.
pub(super) fn closest(roles: &[RoleAnswer], token: &Token) -> Option<usize> {
    let key = |role: &RoleAnswer| {
        let failing = role.failed().count();
        let of_issuer = role.checks.iter().all(|check| check.claim != "iss" || check.outcome != Outcome::Fails);
        let subject = role.token.subject().unwrap_or_default();
        let similarity = role.accepted("sub").map(|accepted| similarity(subject, accepted)).max().unwrap_or(0);
        let (kinship, is_for_ref) = (kinship(role, token), is_for_ref(role, token));
        (role.is_requested, role.is_admitted(), of_issuer, kinship, is_for_ref, Reverse(failing), similarity)
    };
    // The first of several that are equally close.
    (0..roles.len()).rev().max_by_key(|at| key(&roles[*at]))
}

/// 2 if the role is for the project of the token, by its ID or its path, 1 if only the name at the end of the path is the same,
/// as in a fork.
fn kinship(role: &RoleAnswer, token: &Token) -> u8 {
    let by_id = |check: &Check| {
        matches!(check.claim.as_str(), "repository_id" | "project_id") && check.outcome == Outcome::Holds
    };
    let own: Vec<String> = role.accepted("sub").filter_map(project).collect();
    let wanted: Vec<String> = role.token.subject().and_then(project).into_iter().chain(called(token)).collect();
    let is_same = || role.checks.iter().any(by_id) || own.iter().any(|own| wanted.contains(own));
    let name = |path: &String| path.rsplit(['/', ':']).next().map(str::to_owned);
    let is_related = || own.iter().any(|own| wanted.iter().any(|wanted| name(wanted) == name(own)));
    match () {
        () if is_same() => 2,
        () if is_related() => 1,
        () => 0,
    }
}

/// Whether the role is for the branch or tag of the job, which the subject of a job with an environment does not name.
fn is_for_ref(role: &RoleAnswer, token: &Token) -> bool {
    let Some(git_ref) = token.claim("ref") else { return false };
    let patterns = role.accepted("sub").filter_map(|accepted| Some(accepted.split_once(":ref:")?.1));
    patterns.chain(role.accepted("ref")).any(|pattern| matches_pattern(pattern, git_ref))
}

/// The repository of the reusable workflow that the job is defined in: the spec may have it by mistake.
fn called(token: &Token) -> Option<String> {
    let (repository, _) = token.claim("job_workflow_ref")?.split_once("/.github/")?;
    Some(repository.to_ascii_lowercase())
}

/// The project that a subject names, without IDs and in lowercase.
fn project(subject: &str) -> Option<String> {
    let (kind, rest) = subject.split_once(':')?;
    let name = match kind {
        "repo" | "project_path" | "project_id" => rest.split(':').next()?.to_owned(),
        "organization" => rest.split(":run_phase:").next()?.to_owned(),
        _ => return None,
    };
    let without_ids = name.split('/').map(|part| part.split('@').next().unwrap_or(part));
    Some(without_ids.collect::<Vec<_>>().join("/").to_ascii_lowercase())
}

/// How similar two subjects are: the share of the parts that both have, in thousandths.
pub(super) fn similarity(one: &str, other: &str) -> usize {
    let parts = |subject: &str| subject.split([':', '/', '@']).map(str::to_owned).collect::<Vec<_>>();
    let (one, mut rest) = (parts(one), parts(other));
    let total = one.len() + rest.len();
    let mut common = 0;
    for part in &one {
        if let Some(at) = rest.iter().position(|other| other == part) {
            rest.swap_remove(at);
            common += 1;
        }
    }
    2000 * common / total.max(1)
}

impl Check {
    /// The accepted value that is most similar to what the token has.
    pub fn nearest(&self) -> Option<&str> {
        let presented = self.presented.first().map(String::as_str).unwrap_or_default();
        let nearest = self.accepted.iter().rev().max_by_key(|accepted| similarity(presented, accepted));
        nearest.map(String::as_str)
    }
}
