//! URLs of servers that issue tokens.

/// The URL without `https://`, which is the form that IAM uses in the name of an OIDC provider.
pub(super) fn host_and_path(url: &str) -> &str {
    url.strip_prefix("https://").unwrap_or(url)
}
