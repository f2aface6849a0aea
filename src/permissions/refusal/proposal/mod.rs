//! The smallest edit of the spec that admits a refused token.
//!
//! An edit changes an existing entry only if every other token that the entry admits is still admitted, or comes from a name
//! that no longer exists. Otherwise a new entry with the same permissions admits the token through its own role.

mod entry;
mod github;
mod gitlab;
mod hcp;
mod oidc;
mod pods;
mod subject;
mod yaml;

pub(super) use subject::{GitlabSubject, HcpSubject};

use super::{Case, Cause};
use crate::principals::kinds::{github::Github, gitlab::Gitlab, hcp::Hcp, oidc::Oidc};
use crate::source::{Edit, Sources};

/// An edit of the spec that admits a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What to change, as an instruction.
    pub summary: String,
    /// The edits.
    pub edits: Vec<Edit>,
    /// What else the edit admits.
    pub also_admits: String,
    /// Whether the edit creates a role, which the job must then request instead of the present one.
    pub creates_role: bool,
    /// The assertions of the spec that forbid a new entry the permissions of the present one, until it is added to their
    /// `only`.
    pub assertions: Vec<String>,
}

/// The edit for a cause; `None` if the spec should not change, or cannot express the token.
pub(super) fn proposal(case: &Case, cause: Cause, sources: &Sources) -> Option<Proposal> {
    let access = case.access?;
    let draft = Draft { case, cause, sources, entry: &access.name };
    if let Some(github) = access.principal_as::<Github>() {
        return github::proposal(&draft, github);
    }
    if let Some(gitlab) = access.principal_as::<Gitlab>() {
        return gitlab::proposal(&draft, gitlab);
    }
    if let Some(hcp) = access.principal_as::<Hcp>() {
        return hcp::proposal(&draft, hcp);
    }
    if let Some(oidc) = access.principal_as::<Oidc>() {
        return oidc::proposal(&draft, oidc);
    }
    pods::proposal(&draft, access.irsa()?)
}

/// What an edit is made from.
struct Draft<'d> {
    case: &'d Case<'d, 'd, 'd>,
    cause: Cause,
    sources: &'d Sources,
    /// The name of the access entry.
    entry: &'d str,
}

impl Draft<'_> {
    /// A change of the entry.
    fn change(&self, summary: String, edits: Vec<Option<Edit>>, also_admits: String) -> Option<Proposal> {
        let edits = edits.into_iter().collect::<Option<Vec<Edit>>>()?;
        let summary = format!("{summary} (`access.{}`)", self.entry);
        Some(Proposal { summary, edits, also_admits, creates_role: false, assertions: Vec::new() })
    }
}
