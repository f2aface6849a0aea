//! HCP Terraform names.

use super::form::text;
use super::intended;

text! {
    /// The name of an HCP Terraform organization.
    pub struct HcpOrganization = "^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$", "an HCP Terraform organization name (3 to 40 letters, digits, `-` and `_`)",
        intended by intended::forge::last_part;
}

text! {
    /// The name of an HCP Terraform project (3 to 40 letters, digits, spaces, `-`, `_`; tfe provider, `tfe_project`).
    pub struct HcpProject = "^[A-Za-z0-9_-][A-Za-z0-9 _-]{1,38}[A-Za-z0-9_-]$", "an HCP Terraform project name (3 to 40 letters, digits, spaces, `-` and `_`)",
        intended by intended::forge::last_part;
}

text! {
    /// The name of an HCP Terraform workspace (HCP Terraform documentation, "Create workspaces": 90 characters are recommended).
    pub struct HcpWorkspace = "^[A-Za-z0-9_-]{1,90}$", "an HCP Terraform workspace name (1 to 90 letters, digits, `-` and `_`)",
        intended by intended::forge::last_part;
}

text! {
    /// A repository that a workspace is connected to, as its host names it: `owner/repository`, or `group/subgroup/project` of
    /// GitLab. It does not end in `.git`, as [`GithubRepository`](super::GithubRepository).
    pub struct VcsRepository = "^[A-Za-z0-9~][A-Za-z0-9._~-]*(/[A-Za-z0-9._-]+)*/([A-Za-z0-9._-]*([A-Za-su-z0-9._-]|[A-Za-hj-z0-9._-]t|[A-Za-fh-z0-9._-]it|[A-Za-z0-9_-]git)|t|it|git)$",
        "a repository such as `owner/repository`", intended by intended::forge::repository_path;
}

text! {
    /// The ID of an OAuth token of a VCS connection (tfe provider, `tfe_oauth_client`, `oauth_token_id`).
    pub struct OauthTokenId = "^ot-[A-Za-z0-9]+$", "the ID of an OAuth token, such as `ot-hmAyP66qk2AMVdbJ`";
}

text! {
    /// The ID of an agent pool (tfe provider, `tfe_agent_pool`).
    pub struct AgentPoolId = "^apool-[A-Za-z0-9]+$", "the ID of an agent pool, such as `apool-yoGUFz5zcRMMz53i`";
}

text! {
    /// The ID of a variable set (tfe provider, `tfe_variable_set`).
    pub struct VariableSetId = "^varset-[A-Za-z0-9]+$", "the ID of a variable set, such as `varset-5rTwnSaRPogw6apb`";
}

text! {
    /// The ID of a team (tfe provider, `tfe_team`).
    pub struct TeamId = "^team-[A-Za-z0-9]+$", "the ID of a team, such as `team-47qC3LmA47piVan7`";
}
