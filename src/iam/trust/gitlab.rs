//! How much a pattern over GitLab's subjects lets in.

use crate::iam::trust::weakness::Weakness;
use crate::iam::trust::wildcard::{WILDCARDS, is_wild};

/// Whether the subject is of GitLab's form, whoever the issuer is: instances are known by nothing else.
pub(super) fn is_form_of(pattern: &str) -> bool {
    pattern.starts_with("project_path:") || pattern.starts_with("project_id:")
}

/// The weaknesses of one pattern, taken alone.
pub(super) fn weaknesses(pattern: &str) -> Vec<Weakness> {
    let Some((claim, rest)) = pattern.split_once(':') else {
        return vec![if pattern.contains(WILDCARDS) {
            Weakness::AnyOrganization
        } else {
            Weakness::UnrecognizedSubject
        }];
    };
    // A wildcard that is not stopped by a colon runs over the rest of the subject as well.
    let (project, context) = rest.split_once(':').map_or((rest, None), |(project, context)| (project, Some(context)));
    let project_weakness = match claim {
        "project_path" => path_weakness(project),
        "project_id" => number_weakness(project),
        _ if claim.contains(WILDCARDS) => Some(Weakness::AnyOrganization),
        _ => return vec![Weakness::UnrecognizedSubject],
    };
    let context_weakness = match context {
        Some(context) => context_weakness(context),
        None if project.contains(WILDCARDS) => None,
        None => Some(Weakness::UnrecognizedSubject),
    };
    project_weakness.into_iter().chain(context_weakness).collect()
}

/// `*` crosses slashes, so a wildcard in a group takes in groups below it, and groups that begin alike.
fn path_weakness(path: &str) -> Option<Weakness> {
    match path.rsplit_once('/') {
        None if path.contains(WILDCARDS) => Some(Weakness::AnyOrganization),
        None => Some(Weakness::UnrecognizedSubject),
        Some((groups, _)) if groups.contains(WILDCARDS) => Some(Weakness::AnyOrganization),
        Some((_, name)) if is_wild(name) => Some(Weakness::OrganizationWide),
        Some((_, name)) if name.contains(WILDCARDS) => Some(Weakness::RepositoryPrefix),
        Some(_) => Some(Weakness::MutableNames),
    }
}

fn number_weakness(number: &str) -> Option<Weakness> {
    if number.contains(WILDCARDS) {
        Some(Weakness::WildcardIdentifier)
    } else {
        (number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()))
            .then_some(Weakness::UnrecognizedSubject)
    }
}

/// `ref_type:branch:ref:main`, and the claims that a project may add behind it.
fn context_weakness(context: &str) -> Option<Weakness> {
    let segments: Vec<&str> = context.split(':').collect();
    let claims: Vec<(&str, &str)> = segments.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    let value = |claim: &str| claims.iter().find(|(name, _)| *name == claim).map(|(_, value)| *value);
    let (kind, name) = (value("ref_type"), value("ref"));
    let known = ["ref_type", "ref", "ref_protected", "environment_protected", "deployment_tier"];
    if is_wild(context) {
        return Some(Weakness::AnyContext);
    }
    match (kind, name) {
        (Some("branch"), Some(name)) if is_wild(name) => Some(Weakness::AnyBranch),
        (Some("tag"), Some(name)) if is_wild(name) => Some(Weakness::AnyTag),
        (Some(kind), Some(name)) if is_wild(kind) && is_wild(name) => Some(Weakness::AnyContext),
        (Some("branch" | "tag"), Some(name)) if name.contains(WILDCARDS) => Some(Weakness::WildcardRef),
        // The name of a branch and a tag of that name are let in alike.
        (Some(kind), Some(_)) if kind.contains(WILDCARDS) => Some(Weakness::WildcardRef),
        // Tokens have the bare name.
        (Some("branch" | "tag"), Some(name)) if !name.starts_with("refs/") => {
            let unknown = segments.len() % 2 == 1 || claims.iter().any(|(claim, _)| !known.contains(claim));
            unknown.then_some(Weakness::UnrecognizedSubject)
        }
        _ if context.contains(WILDCARDS) => Some(Weakness::AnyContext),
        _ => Some(Weakness::UnrecognizedSubject),
    }
}
