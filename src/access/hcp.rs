//! Trust in runs of an HCP Terraform workspace (HCP Terraform documentation, "Dynamic credentials with
//! the AWS provider").

use crate::access::permission::sid;
use crate::access::provider::{HCP, HCP_AUDIENCE};
use crate::iam::{Action, Document, Operator, Principal, Statement, Text};
use crate::platform::Workspace;

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
}

/// Who may assume the role of a phase: runs of this workspace in this phase.
pub fn trust(workspace: &Workspace, phase: Phase, provider: Text) -> Document {
    let subject = format!(
        "organization:{}:project:{}:workspace:{}:run_phase:{}",
        workspace.organization,
        workspace.project,
        workspace.name,
        phase.as_str()
    );
    let claim = |name: &str| Text::from(HCP).literal(":").literal(name);
    Document::new([Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("HcpTerraform"))
        .by(Principal::federated([provider]))
        .when(Operator::STRING_EQUALS, claim("aud"), [HCP_AUDIENCE])
        .when(Operator::STRING_EQUALS, claim("sub"), [subject])])
}
