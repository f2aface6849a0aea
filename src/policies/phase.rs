//! The phases of the runs of a platform's workspace.

use crate::iam::{Document, Text};
use crate::platform::{Platform, Workspace};
use crate::principals::kinds::hcp;

use crate::iam::trust::HCP;

/// A phase of a run; each has a role of its own, because a pull request's author decides what a plan runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reads.
    Plan,
    /// Reads and writes.
    Apply,
}

impl Phase {
    /// Both.
    pub const ALL: [Phase; 2] = [Phase::Plan, Phase::Apply];

    /// As the token spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Plan => "plan",
            Phase::Apply => "apply",
        }
    }

    /// Who can assume the role of the phase: runs of this workspace in this phase.
    pub(super) fn trust(self, platform: &Platform, workspace: &Workspace) -> Document {
        let subject = hcp::subject(&workspace.organization, &workspace.project, &workspace.name, self.as_str());
        hcp::trust(vec![subject], platform.setting().provider_arn("hcp", &Text::from(HCP)))
    }
}
