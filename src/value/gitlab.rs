//! Names and addresses of GitLab.

use super::form::text;
use super::url;

text! {
    /// A GitLab project with its groups, spelled in the case GitLab shows: IAM compares case-sensitively.
    pub struct GitlabProject = "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$", "a GitLab project with its groups, such as `group/project`";
}

text! {
    /// The address of a GitLab. IAM takes neither port nor query in an issuer (API reference, CreateOpenIDConnectProvider).
    pub struct GitlabUrl = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+(/[A-Za-z0-9_.-]+)*$",
        "the address of a GitLab, such as `https://gitlab.example.com`: https, lower case, no port, no slash at the end";
}

impl GitlabUrl {
    /// The address without `https://`.
    pub fn host_and_path(&self) -> &str {
        url::host_and_path(self.as_str())
    }
}
