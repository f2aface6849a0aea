//! Edits for runs of HCP Terraform.

use super::yaml::{add_item, word};
use super::{Draft, HcpSubject, Proposal, entry};
use crate::permissions::refusal::Cause;
use crate::principals::kinds::hcp::{DEFAULT_PROJECT, Hcp};
use crate::value::{HcpOrganization, HcpProject, HcpWorkspace};

/// The edit for a cause.
pub(super) fn proposal(draft: &Draft, hcp: &Hcp) -> Option<Proposal> {
    let subject = HcpSubject::parse(draft.case.token().subject()?)?;
    let is_phase = ["plan", "apply"].contains(&subject.phase);
    if !is_phase || !draft.case.fails_only(&["sub"]) {
        return None;
    }
    let runs = match subject.phase {
        "plan" => "every other plan of this workspace, also of a pull request that changes its code".to_owned(),
        phase => format!("every other {phase} of this workspace"),
    };
    if draft.cause == Cause::RunPhase {
        let edit = add_item(draft.sources, &hcp.phases, subject.phase);
        return draft.change(format!("add `{}` to `phases`", subject.phase), vec![edit], runs);
    }
    let mut keys = vec![("organization", word(HcpOrganization::parse(subject.organization)?.as_str()))];
    if subject.project != DEFAULT_PROJECT {
        keys.push(("project", word(HcpProject::parse(subject.project)?.as_str())));
    }
    keys.push(("workspace", word(HcpWorkspace::parse(subject.workspace)?.as_str())));
    keys.push(("phases", format!("[{}]", subject.phase)));
    entry::new(draft, subject.workspace, "hcp", &keys, &runs)
}
