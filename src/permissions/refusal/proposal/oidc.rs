//! Edits for jobs with tokens of any other issuer.

use super::yaml::add_item;
use super::{Draft, Proposal};
use crate::principals::kinds::oidc::Oidc;
use crate::value::SubjectPattern;

/// Adds the subject, exactly as the token has it. Which parts of it other jobs share is known to the issuer only.
pub(super) fn proposal(draft: &Draft, oidc: &Oidc) -> Option<Proposal> {
    let subject = draft.case.token().subject().filter(|subject| !subject.contains(['*', '?']))?;
    SubjectPattern::parse(subject).filter(|_| draft.case.fails_only(&["sub"]))?;
    let edit = add_item(draft.sources, &oidc.subjects, subject);
    let also = format!("every other token from {} with this subject", oidc.issuer.host_and_path());
    draft.change(format!("add `{subject}` to `subjects`"), vec![edit], also)
}
