//! URLs of servers that issue tokens.

use super::form::text;

text! {
    /// The issuer of OIDC tokens. IAM does not allow a port or a query in it (API reference, CreateOpenIDConnectProvider).
    pub struct IssuerUrl = r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+(/[A-Za-z0-9_.-]+)*$",
        "the URL of an OIDC issuer, such as `https://agent.buildkite.com`: https, lowercase host, no port, no trailing slash";
}

impl IssuerUrl {
    /// The URL without `https://`.
    pub fn host_and_path(&self) -> &str {
        host_and_path(self.as_str())
    }
}

text! {
    /// A pattern for the subject claim of tokens. IAM does not allow characters above U+00FF in a trust policy (API reference,
    /// CreateRole, `AssumeRolePolicyDocument`).
    pub struct SubjectPattern = r"^[!-~¡-ÿ]([ -~¡-ÿ]*[!-~¡-ÿ])?$",
        "a subject claim that a trust policy can contain (characters up to `ÿ`; `*` matches any characters)";
}

text! {
    /// The name of an OIDC provider: a product, an EKS cluster, or an issuer without `https://`.
    pub struct OidcProviderName = "^[0-9A-Za-z]([A-Za-z0-9_./-]{0,253}[A-Za-z0-9_-])?$",
        "`github`, `gitlab`, `hcp`, the name of an EKS cluster, or an issuer without `https://`";
}

/// The URL without `https://`, which is the form that IAM uses in the name of an OIDC provider.
pub(super) fn host_and_path(url: &str) -> &str {
    url.strip_prefix("https://").unwrap_or(url)
}
