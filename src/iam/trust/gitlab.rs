//! Checks how much a pattern for GitLab subjects allows.

use crate::iam::trust::weakness::Weakness;
use crate::iam::trust::wildcard::{WILDCARDS, is_wild};

/// Whether the subject has GitLab's form, regardless of the issuer. Self-managed instances can only be recognized by
/// it.
pub(super) fn is_form_of(pattern: &str) -> bool {
    pattern.starts_with("project_path:") || pattern.starts_with("project_id:")
}

/// The weaknesses of one pattern, without regard to other conditions.
pub(super) fn weaknesses(pattern: &str) -> Vec<Weakness> {
    let Some((claim, rest)) = pattern.split_once(':') else {
        return vec![if pattern.contains(WILDCARDS) {
            Weakness::AnyOrganization
        } else {
            Weakness::UnrecognizedSubject
        }];
    };
    // Without a colon after it, a wildcard also matches the rest of the subject.
    let (project, context) = rest.split_once(':').map_or((rest, None), |(project, context)| (project, Some(context)));
    let project_weakness = match claim {
        "project_path" => path_weakness(project),
        "project_id" => id_weakness(project),
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

/// `*` matches slashes, so a wildcard in a group also matches its subgroups and other groups with the same prefix.
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

fn id_weakness(id: &str) -> Option<Weakness> {
    if id.contains(WILDCARDS) {
        Some(Weakness::WildcardIdentifier)
    } else {
        (id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit())).then_some(Weakness::UnrecognizedSubject)
    }
}

/// The weakness of `ref_type:branch:ref:main` and the claims that a project can append to it.
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
        // This matches both the branch and the tag with this name.
        (Some(kind), Some(_)) if kind.contains(WILDCARDS) => Some(Weakness::WildcardRef),
        // Tokens contain the name without `refs/`.
        (Some("branch" | "tag"), Some(name)) if !name.starts_with("refs/") => {
            let unknown = segments.len() % 2 == 1 || claims.iter().any(|(claim, _)| !known.contains(claim));
            unknown.then_some(Weakness::UnrecognizedSubject)
        }
        _ if context.contains(WILDCARDS) => Some(Weakness::AnyContext),
        _ => Some(Weakness::UnrecognizedSubject),
    }
}
