//! GitLab names and URLs.

use super::form::text;
use super::intended;
use super::url;

text! {
    /// A GitLab project with its groups, with the capitalization that GitLab shows: IAM is case-sensitive.
    /// It does not end in `.git`, which is part of a URL.
    pub struct GitlabProject = "^([A-Za-z0-9_][A-Za-z0-9_.-]*/)+[A-Za-z0-9_]([A-Za-z0-9._-]*([A-Za-su-z0-9._-]|[A-Za-hj-z0-9._-]t|[A-Za-fh-z0-9._-]it|[A-Za-z0-9_-]git)|t|it|git)?$",
        "a GitLab project with its groups, such as `group/project`", intended by intended::forge::repository_path,
        advised by intended::forge::gitlab_project;
}

text! {
    /// The URL of a GitLab instance. IAM does not allow a port or a query in an issuer (API reference,
    /// CreateOpenIDConnectProvider).
    pub struct GitlabUrl = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+(/[A-Za-z0-9_.-]+)*$",
        "the URL of a GitLab instance, such as `https://gitlab.example.com`: https, lowercase host, no port, no trailing slash",
        intended by intended::forge::server_and_path;
}

impl GitlabUrl {
    /// The URL without `https://`.
    pub fn host_and_path(&self) -> &str {
        url::host_and_path(self.as_str())
    }
}
