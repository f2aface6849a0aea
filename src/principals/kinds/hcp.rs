//! Runs of an HCP Terraform workspace (HCP Terraform documentation, "Dynamic credentials with the AWS provider").

use crate::decode::{Decode, record, words};
use crate::iam::trust::HCP;
use crate::iam::{Action, Document, Operator, Statement, Text};
use crate::principals::kind::{self, DefaultIssuer, Kind};
use crate::principals::{Assumable, Issuer, Means, Pods, Principal, Setting, Value, sid};
use crate::source::Spanned;
use crate::value::{HcpOrganization, HcpProject, HcpWorkspace, OrCreate, ServiceAccount};

/// The audience of HCP Terraform's tokens for AWS.
pub const HCP_AUDIENCE: &str = "aws.workload.identity";

/// The project that every HCP Terraform organization has. Its name contains a space.
pub const DEFAULT_PROJECT: &str = "Default Project";

/// The kind of principal.
pub(crate) static KIND: Kind = Kind {
    key: "hcp",
    description: "Runs of another HCP Terraform workspace that assume a role through OIDC. \
                  Required unless the entry has another kind of principal. \
                  Example: `hcp: { organization: example, workspace: images, phases: [apply] }`.",
    companions: &[],
    decode: kind::decode::<Hcp>,
    schema: Hcp::schema,
    issuer: Some(DefaultIssuer { host_and_path: HCP, audience: HCP_AUDIENCE }),
    refused: &[],
    actions: kind::all_actions,
    refuses: kind::refuses_nothing,
    example: "{ can: [push], repositories: [shop], hcp: { organization: example, workspace: images, phases: [apply] } }",
};

record! {
    /// Runs of an HCP Terraform workspace.
    pub struct Hcp {
        /// Name of the HCP Terraform organization. Required. Example: `organization: example`.
        required organization: Spanned<HcpOrganization>,
        /// Project that contains the workspace. Default: `Default Project`. Example: `project: Registries`.
        optional project: Spanned<HcpProject>,
        /// Name of the workspace. Required. Example: `workspace: images`.
        required workspace: Spanned<HcpWorkspace>,
        /// Phases of a run that can assume the role: `plan` and `apply`. Anyone who opens a pull request decides what a plan
        /// runs. Required. Example: `phases: [apply]`.
        required phases: Vec<Spanned<RunPhase>>,
    }
}

words! {
    /// A phase of a run.
    pub enum RunPhase {
        /// The phase that computes the changes.
        Plan = "plan",
        /// The phase that makes the changes.
        Apply = "apply",
    }
}

impl Principal for Hcp {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn means(&self) -> Means<'_> {
        Means::Roles(self)
    }

    fn issuer(&self) -> Issuer<'_> {
        Issuer::Known { provider: KIND.key, host_and_path: HCP.to_owned(), audience: HCP_AUDIENCE }
    }

    fn values(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
}

impl Assumable for Hcp {
    fn service_accounts(&self) -> &[Spanned<ServiceAccount>] {
        &[]
    }

    /// If there is a bootstrap module, it creates the provider of HCP Terraform before the root module is applied.
    fn trust(&self, _: Option<&ServiceAccount>, setting: &Setting) -> Document {
        let issuer = Text::from(HCP);
        let provider = match setting.provider("hcp") {
            OrCreate::Create if setting.has_workspace => crate::iam::arn::oidc_provider(&issuer),
            _ => setting.provider_arn("hcp", &issuer),
        };
        trust(subjects(self), provider)
    }

    fn description(&self, _: &str, _: Option<&ServiceAccount>) -> String {
        format!("Runs of the HCP Terraform workspace {}/{}", self.organization.as_str(), self.workspace.as_str())
    }

    fn associated(&self) -> Option<&Pods> {
        None
    }
}

/// The subjects that the role of an entry accepts.
pub fn subjects(hcp: &Hcp) -> Vec<String> {
    let project = hcp.project.as_ref().map_or(DEFAULT_PROJECT, |project| project.as_str());
    let subject = |phase: &str| subject(hcp.organization.as_str(), project, hcp.workspace.as_str(), phase);
    hcp.phases.iter().map(|phase| subject(phase.as_str())).collect()
}

/// The subject of the tokens that the runs of a workspace have in one phase.
pub fn subject(organization: &str, project: &str, workspace: &str, phase: &str) -> String {
    format!("organization:{organization}:project:{project}:workspace:{workspace}:run_phase:{phase}")
}

/// The trust policy of a role that runs with one of these subjects can assume.
pub fn trust(subjects: Vec<String>, provider: Text) -> Document {
    let claim = |name: &str| Text::from(HCP).literal(":").literal(name);
    Document::new([Statement::allow([Action::named("sts:AssumeRoleWithWebIdentity")])
        .sid(sid("HcpTerraform"))
        .by(crate::iam::Principal::federated([provider]))
        .when(Operator::STRING_EQUALS, claim("aud"), [HCP_AUDIENCE])
        .when(Operator::STRING_EQUALS, claim("sub"), subjects)])
}
