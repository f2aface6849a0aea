//! How much a pattern over GitHub's subjects lets in.

use crate::iam::trust::github_subject::GithubSubject;
use crate::iam::trust::weakness::Weakness;
use crate::iam::trust::wildcard::{WILDCARDS, is_wild};

/// The weaknesses of one pattern, taken alone.
pub(super) fn weaknesses(pattern: &str) -> Vec<Weakness> {
    let Some(scope) = pattern.strip_prefix("repo:") else {
        return without_repository(pattern).into_iter().collect();
    };
    let (repository, context) = match scope.split_once(':') {
        Some((repository, context)) => (repository, context_weakness(context)),
        // A wildcard that is not stopped by a colon runs over the context as well.
        None if scope.contains(WILDCARDS) => (scope, None),
        None => return vec![Weakness::UnrecognizedSubject],
    };
    repository_weakness(repository).into_iter().chain(context).collect()
}

/// A wildcard in `repo:` itself, or a subject of other claims.
fn without_repository(pattern: &str) -> Option<Weakness> {
    let first_wildcard = pattern.find(WILDCARDS);
    match pattern.find(':') {
        colon if first_wildcard.is_some_and(|wildcard| colon.is_none_or(|colon| wildcard < colon)) => {
            Some(Weakness::AnyOrganization)
        }
        _ if first_wildcard.is_some() => Some(Weakness::WildcardSubject),
        _ => pattern.parse::<GithubSubject>().err().map(|_| Weakness::UnrecognizedSubject),
    }
}

fn repository_weakness(repository: &str) -> Option<Weakness> {
    let (owner, name) = match repository.split_once('/') {
        Some(parts) => parts,
        None if repository.contains(WILDCARDS) => return Some(Weakness::AnyOrganization),
        None => return Some(Weakness::UnrecognizedSubject),
    };
    let has_open_number = |part: &str| part.split_once('@').is_some_and(|(_, number)| number.contains(WILDCARDS));
    let before_number = |part: &str| part.split('@').next().unwrap_or(part).contains(WILDCARDS);
    if before_number(owner) {
        Some(Weakness::AnyOrganization)
    } else if is_wild(name) {
        Some(Weakness::OrganizationWide)
    } else if before_number(name) {
        Some(Weakness::RepositoryPrefix)
    } else if has_open_number(owner) || has_open_number(name) {
        Some(Weakness::WildcardIdentifier)
    } else if has_draft_number(owner) && has_draft_number(name) {
        Some(Weakness::DraftSubject)
    } else if repository.contains('@') {
        None
    } else {
        Some(Weakness::MutableNames)
    }
}

/// Numbers of accounts and repositories have had five digits and more for long.
fn has_draft_number(part: &str) -> bool {
    let number = part.rsplit_once('-').map(|(_, number)| number);
    number.is_some_and(|number| number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn context_weakness(context: &str) -> Option<Weakness> {
    let (kind, value) = context.split_once(':').unwrap_or((context, ""));
    // What follows comes from a customized subject; it only narrows.
    let value = value.split(':').next().unwrap_or(value);
    match kind {
        "pull_request" => Some(Weakness::PullRequest),
        "environment" if value.contains(WILDCARDS) => Some(Weakness::WildcardEnvironment),
        "ref" => ref_weakness(value),
        _ if kind.contains(WILDCARDS) => Some(Weakness::AnyContext),
        "environment" if !value.is_empty() => None,
        _ => Some(Weakness::UnrecognizedSubject),
    }
}

fn ref_weakness(name: &str) -> Option<Weakness> {
    let fixed = name.split(WILDCARDS).next().unwrap_or(name);
    if let Some(branch) = name.strip_prefix("refs/heads/") {
        branch.contains(WILDCARDS).then_some(if is_wild(branch) { Weakness::AnyBranch } else { Weakness::WildcardRef })
    } else if let Some(tag) = name.strip_prefix("refs/tags/") {
        tag.contains(WILDCARDS).then_some(if is_wild(tag) { Weakness::AnyTag } else { Weakness::WildcardRef })
    } else if "refs/heads/".starts_with(fixed) && fixed.len() < name.len() {
        Some(Weakness::AnyBranch)
    } else if name.starts_with("refs/") {
        name.contains(WILDCARDS).then_some(Weakness::WildcardRef)
    } else {
        Some(Weakness::UnrecognizedSubject)
    }
}
