//! What a spec says about the HCP Terraform workspace.

use crate::decode::{record, words};
use crate::source::Spanned;
use crate::value::{ExactVersion, GithubRepository, HcpOrganization, HcpProject, NameTemplate};

record! {
    /// The HCP Terraform workspace that applies the root module.
    pub struct Workspace {
        /// The organization.
        required organization: Spanned<HcpOrganization>,
        /// The workspace's name. Default: `{platform}-ecr-{environment}`.
        optional name: Spanned<NameTemplate>,
        /// The infrastructure repository; with it the workspace runs on pushes and plans pull requests.
        optional repository: Spanned<GithubRepository>,
        /// The project it lies in. Default: `Default Project`.
        optional project: Spanned<HcpProject>,
        /// Whether somebody confirms each apply. Default: manual.
        optional approval: Spanned<Approval>,
        /// Whether HCP Terraform looks for drift between runs. Default: true.
        optional drift_detection: Spanned<bool>,
        /// The Terraform version of the runs. Default: HCP Terraform's own.
        optional terraform_version: Spanned<ExactVersion>,
    }
}

words! {
    /// Who confirms an apply.
    pub enum Approval {
        /// A person.
        Manual = "manual",
        /// Nobody.
        Automatic = "automatic",
    }
}
