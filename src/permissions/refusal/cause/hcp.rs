//! Why a role refuses the subject of an HCP Terraform run or of a pod.

use super::{Case, Cause};
use crate::permissions::refusal::proposal::HcpSubject;

/// The cause.
pub(super) fn cause(case: &Case) -> Cause {
    let subject = case.token().subject().unwrap_or_default();
    if subject.starts_with("system:serviceaccount:") {
        return Cause::ServiceAccount;
    }
    let Some(subject) = HcpSubject::parse(subject) else { return Cause::SubjectTemplate };
    let accepted: Vec<HcpSubject> = case.role.accepted("sub").filter_map(HcpSubject::parse).collect();
    match accepted.iter().any(|accepted| HcpSubject { phase: subject.phase, ..*accepted } == subject) {
        true => Cause::RunPhase,
        false => Cause::OtherWorkspace,
    }
}
