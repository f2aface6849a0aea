//! The token issuers that AWS knows, by host and path.

/// The issuer of GitHub Actions (GitHub documentation, "OpenID Connect reference").
pub const GITHUB: &str = "token.actions.githubusercontent.com";

/// The issuer of gitlab.com (GitLab documentation, "Configure OpenID Connect in AWS to retrieve temporary
/// credentials").
pub const GITLAB: &str = "gitlab.com";

/// The issuer of HCP Terraform (HCP Terraform documentation, "Dynamic credentials with the AWS provider").
pub const HCP: &str = "app.terraform.io";

/// The kind of an issuer, which determines the claims that AWS reads from its tokens and the form of its subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Issuer {
    /// GitHub Actions on github.com, including the custom issuers of enterprises, or on ghe.com.
    Github,
    /// GitHub Actions on GitHub Enterprise Server.
    GithubServer,
    /// gitlab.com.
    Gitlab,
    /// HCP Terraform.
    Hcp,
    /// Any other issuer, including EKS clusters and self-managed GitLab.
    Other,
}

/// The claims that AWS reads from every issuer (IAM User Guide, "IAM and AWS STS condition context keys").
const COMMON_CLAIMS: &[&str] = &["aud", "sub", "amr", "email", "oaud"];

impl Issuer {
    /// The kind of the issuer with this URL, given without `https://`.
    pub(super) fn of(host_and_path: &str) -> Self {
        let host = host_and_path.split('/').next().unwrap_or(host_and_path);
        match host {
            GITHUB => Issuer::Github,
            GITLAB => Issuer::Gitlab,
            HCP => Issuer::Hcp,
            _ if host.starts_with("token.actions.") && host.ends_with(".ghe.com") => Issuer::Github,
            _ if host_and_path.ends_with("/_services/token") => Issuer::GithubServer,
            _ => Issuer::Other,
        }
    }

    pub(super) fn has_claim(self, claim: &str) -> bool {
        let own: &[&str] = match self {
            Issuer::Github => &[
                "actor",
                "actor_id",
                "job_workflow_ref",
                "repository",
                "repository_id",
                "repository_owner_id",
                "workflow",
                "ref",
                "environment",
                "enterprise_id",
            ],
            Issuer::Gitlab => &[
                "namespace_id",
                "project_id",
                "pipeline_source",
                "ref_protected",
                "runner_environment",
                "user_access_level",
                "user_email",
                "user_id",
                "user_login",
            ],
            Issuer::GithubServer | Issuer::Hcp | Issuer::Other => &[],
        };
        COMMON_CLAIMS.iter().chain(own).any(|known| known.eq_ignore_ascii_case(claim))
    }
}
