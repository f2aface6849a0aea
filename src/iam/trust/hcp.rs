//! Checks how much a pattern for HCP Terraform subjects allows.

use crate::iam::trust::weakness::Weakness;
use crate::iam::trust::wildcard::has_wildcard;

/// The weaknesses of one pattern such as `organization:O:project:P:workspace:W:run_phase:plan`, without regard to other
/// conditions.
pub(super) fn weaknesses(pattern: &str) -> Vec<Weakness> {
    let segments: Vec<&str> = pattern.split(':').collect();
    match segments.as_slice() {
        ["organization", organization, ..] if has_wildcard(organization) => vec![Weakness::AnyOrganization],
        ["organization", _, "project", project, "workspace", workspace, "run_phase", phase] => {
            let workspace = [project, workspace].iter().any(|name| has_wildcard(name));
            let workspace = workspace.then_some(Weakness::AnyWorkspace);
            let phase = match *phase {
                "plan" | "apply" => None,
                phase if has_wildcard(phase) => Some(Weakness::AnyRunPhase),
                _ => Some(Weakness::UnrecognizedSubject),
            };
            workspace.into_iter().chain(phase).collect()
        }
        // A wildcard that also matches the phase.
        ["organization", _, rest @ ..] if rest.iter().any(|segment| has_wildcard(segment)) => {
            vec![Weakness::AnyWorkspace, Weakness::AnyRunPhase]
        }
        // Module tests and Stacks have subjects with other claims.
        ["organization", _, "project" | "workspace", ..] => vec![Weakness::UnrecognizedSubject],
        ["organization", _, _, ..] => Vec::new(),
        [first, ..] if has_wildcard(first) => vec![Weakness::AnyOrganization],
        _ => vec![Weakness::UnrecognizedSubject],
    }
}
