//! GitHub names and URLs.

use super::form::text;
use super::intended;
use super::url;

text! {
    /// A GitHub repository, `owner/repository`, with the capitalization that GitHub shows: IAM is case-sensitive.
    /// It does not end in `.git`, which is part of a URL. The alternatives of the expression are the endings of other names.
    pub struct GithubRepository = "^[A-Za-z0-9][A-Za-z0-9-]*/([A-Za-z0-9._-]*([A-Za-su-z0-9._-]|[A-Za-hj-z0-9._-]t|[A-Za-fh-z0-9._-]it|[A-Za-z0-9_-]git)|t|it|git)$",
        "a GitHub repository such as `owner/repository`", intended by intended::forge::repository_path,
        advised by intended::forge::github_repository;
}

text! {
    /// A GitHub organization or user.
    pub struct GithubOwner = "^[A-Za-z0-9][A-Za-z0-9-]*$", "a GitHub organization name (letters, digits and hyphens)",
        intended by intended::forge::github_owner;
}

text! {
    /// The URL of a GitHub Enterprise Server, or of a subdomain of ghe.com.
    pub struct GithubUrl = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
        "the URL of a GitHub Enterprise Server, such as `https://github.example.com`: https, lowercase, no port, no path",
        intended by intended::forge::server;
}

impl GithubUrl {
    /// The URL without `https://`.
    pub fn host_and_path(&self) -> &str {
        url::host_and_path(self.as_str())
    }
}

text! {
    /// The slug of a GitHub enterprise, as in the URL of its page: `github.com/enterprises/SLUG`.
    pub struct GithubEnterprise = "^[A-Za-z0-9][A-Za-z0-9_-]*$", "the slug of a GitHub enterprise: letters, digits, `-` and `_`",
        intended by intended::forge::last_part;
}

text! {
    /// The name of a GitHub deployment environment.
    ///
    /// It becomes part of a trust policy, in which IAM does not allow characters above U+00FF (API reference, CreateRole,
    /// `AssumeRolePolicyDocument`).
    pub struct GithubEnvironment = r"^[!-)+->@-~¡-ÿ][ !-)+->@-~¡-ÿ]*$",
        "a GitHub environment name that a trust policy can contain (characters up to `ÿ`, without `*` and `?`)";
}

text! {
    /// A reusable workflow: its repository, path and ref.
    pub struct WorkflowRef = r"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+/\.github/workflows/[A-Za-z0-9._-]+\.ya?ml@(refs/(heads|tags)/[A-Za-z0-9._/-]+|[0-9a-f]{40})$",
        "a reusable workflow such as `owner/repository/.github/workflows/build.yml@refs/tags/v1`",
        intended by intended::forge::workflow,
        advised by intended::forge::full_ref;
}
