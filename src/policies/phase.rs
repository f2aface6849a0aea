//! The run phases of a platform's workspace.

use crate::iam::{Document, Text};
use crate::platform::{Platform, Workspace};
use crate::principals::kinds::hcp;
use crate::source::Spanned;
use crate::value::{ManagedPolicyArn, OrVariable};

use crate::iam::trust::HCP;

/// A phase of a run. Each phase has its own role, because the author of a pull request controls what a plan executes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Only reads.
    Plan,
    /// Reads and writes.
    Apply,
}

impl Phase {
    /// Both phases.
    pub const ALL: [Phase; 2] = [Phase::Plan, Phase::Apply];

    /// The name of the phase as tokens spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Plan => "plan",
            Phase::Apply => "apply",
        }
    }

    /// The existing policies that the spec attaches to the role for this phase.
    pub fn existing_policies(self, workspace: &Workspace) -> &[Spanned<OrVariable<ManagedPolicyArn>>] {
        match self {
            Phase::Plan => &workspace.plan_policies,
            Phase::Apply => &workspace.apply_policies,
        }
    }

    /// The trust policy of the role for this phase: only runs of this workspace in this phase can assume it.
    pub(super) fn trust(self, platform: &Platform, workspace: &Workspace) -> Document {
        let subject = hcp::subject(&workspace.organization, &workspace.project, &workspace.name, self.as_str());
        hcp::trust(vec![subject], platform.setting().provider_arn("hcp", &Text::from(HCP)))
    }
}

/// The ARN of an existing policy, or how the spec names it.
pub fn policy_name(policy: &OrVariable<ManagedPolicyArn>) -> String {
    match policy {
        OrVariable::Literal(arn) => arn.as_str().to_owned(),
        OrVariable::Variable(variable) => format!("var.{}", variable.name.as_str()),
        OrVariable::Reference(reference) => reference.as_str().to_owned(),
    }
}
