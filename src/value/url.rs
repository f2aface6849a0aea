//! Addresses of servers that issue tokens.

/// The address without `https://`, as IAM names the OIDC provider of an issuer.
pub(super) fn host_and_path(url: &str) -> &str {
    url.strip_prefix("https://").unwrap_or(url)
}
