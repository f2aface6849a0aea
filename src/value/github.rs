//! Names and addresses of GitHub.

use super::form::text;
use super::url;

text! {
    /// A GitHub repository, `owner/repository`, spelled in the case GitHub shows: IAM compares case-sensitively.
    pub struct GithubRepository = "^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", "a GitHub repository such as `owner/repository`";
}

text! {
    /// A GitHub organization or user.
    pub struct GithubOwner = "^[A-Za-z0-9][A-Za-z0-9-]*$", "a GitHub organization";
}

text! {
    /// The address of a GitHub Enterprise Server, or of a subdomain of ghe.com.
    pub struct GithubUrl = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
        "the address of a GitHub of one's own, such as `https://github.example.com`: https, lower case, no port, nothing after the host";
}

impl GithubUrl {
    /// The address without `https://`.
    pub fn host_and_path(&self) -> &str {
        url::host_and_path(self.as_str())
    }
}

text! {
    /// A GitHub enterprise, as in the address of its page: `github.com/enterprises/SLUG`.
    pub struct GithubEnterprise = "^[A-Za-z0-9][A-Za-z0-9_-]*$", "a GitHub enterprise";
}

text! {
    /// A GitHub deployment environment.
    ///
    /// It becomes part of a trust policy, and IAM takes no character above U+00FF in one (API reference, CreateRole,
    /// `AssumeRolePolicyDocument`).
    pub struct GithubEnvironment = r"^[!-)+->@-~¡-ÿ][ !-)+->@-~¡-ÿ]*$",
        "the name of a GitHub environment that IAM can compare: characters up to `ÿ`, without wildcards";
}

text! {
    /// A reusable workflow: repository, path and ref.
    pub struct WorkflowRef = r"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+/\.github/workflows/[A-Za-z0-9._-]+\.ya?ml@(refs/(heads|tags)/[A-Za-z0-9._/-]+|[0-9a-f]{40})$",
        "a reusable workflow such as `owner/repository/.github/workflows/build.yml@refs/tags/v1`";
}
