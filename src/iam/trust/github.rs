//! Checks how much a pattern for GitHub subjects allows.

use crate::iam::trust::github_subject::GithubSubject;
use crate::iam::trust::weakness::Weakness;
use crate::iam::trust::wildcard::{WILDCARDS, is_wild};

/// The weaknesses of one pattern, without regard to other conditions.
pub(super) fn weaknesses(pattern: &str) -> Vec<Weakness> {
    let Some(scope) = pattern.strip_prefix("repo:") else {
        return without_repository(pattern).into_iter().collect();
    };
    let (repository, context) = match scope.split_once(':') {
        Some((repository, context)) => (repository, context_weakness(context)),
        // Without a colon after it, a wildcard also matches the context.
        None if scope.contains(WILDCARDS) => (scope, None),
        None => return vec![Weakness::UnrecognizedSubject],
    };
    repository_weakness(repository).into_iter().chain(context).collect()
}

/// The weakness of a pattern with a wildcard in `repo:` itself, or with other claims.
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
    let has_wildcard_in_id = |part: &str| part.split_once('@').is_some_and(|(_, number)| number.contains(WILDCARDS));
    let has_wildcard_in_name = |part: &str| part.split('@').next().unwrap_or(part).contains(WILDCARDS);
    if has_wildcard_in_name(owner) {
        Some(Weakness::AnyOrganization)
    } else if is_wild(name) {
        Some(Weakness::OrganizationWide)
    } else if has_wildcard_in_name(name) {
        Some(Weakness::RepositoryPrefix)
    } else if has_wildcard_in_id(owner) || has_wildcard_in_id(name) {
        Some(Weakness::WildcardIdentifier)
    } else if has_draft_id(owner) && has_draft_id(name) {
        Some(Weakness::DraftSubject)
    } else if repository.contains('@') {
        None
    } else {
        Some(Weakness::MutableNames)
    }
}

/// The IDs of accounts and repositories have long had five or more digits.
fn has_draft_id(part: &str) -> bool {
    let number = part.rsplit_once('-').map(|(_, number)| number);
    number.is_some_and(|number| number.len() >= 5 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn context_weakness(context: &str) -> Option<Weakness> {
    let (kind, value) = context.split_once(':').unwrap_or((context, ""));
    // The rest comes from a customized subject and can only narrow it.
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
