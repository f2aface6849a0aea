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
