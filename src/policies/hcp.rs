//! Trust in runs of an HCP Terraform workspace (HCP Terraform documentation, "Dynamic credentials with
//! the AWS provider").

use crate::iam::{Action, Document, Operator, Principal, Statement, Text};
use crate::language::access::Hcp;
use crate::platform::root_module::workspace::DEFAULT_PROJECT;
use crate::platform::{Platform, Workspace};
use crate::policies::permission::sid;
use crate::policies::provider::{self, HCP, HCP_AUDIENCE};

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
    let subject = subject(&workspace.organization, &workspace.project, &workspace.name, phase.as_str());
    document(vec![subject], provider)
}

/// Who may assume the role of an access entry: runs of its workspace in its phases.
pub fn trust_of_entry(platform: &Platform, hcp: &Hcp) -> Document {
    document(subjects(hcp), provider::arn_in_root(platform, "hcp", &Text::from(HCP)))
}

/// The subjects that an access entry's role accepts.
pub fn subjects(hcp: &Hcp) -> Vec<String> {
    let project = hcp.project.as_ref().map_or(DEFAULT_PROJECT, |project| project.as_str());
    let subject = |phase: &str| subject(hcp.organization.as_str(), project, hcp.workspace.as_str(), phase);
    hcp.phases.iter().map(|phase| subject(phase.as_str())).collect()
}

fn subject(organization: &str, project: &str, workspace: &str, phase: &str) -> String {
    format!("organization:{organization}:project:{project}:workspace:{workspace}:run_phase:{phase}")
}

fn document(subjects: Vec<String>, provider: Text) -> Document {
    let claim = |name: &str| Text::from(HCP).literal(":").literal(name);
    Document::new([Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("HcpTerraform"))
        .by(Principal::federated([provider]))
        .when(Operator::STRING_EQUALS, claim("aud"), [HCP_AUDIENCE])
        .when(Operator::STRING_EQUALS, claim("sub"), subjects)])
}
