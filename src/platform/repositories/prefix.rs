//! Prefixes of repositories that ECR creates.

/// The prefix for all repositories that no other prefix is for.
pub const ROOT: &str = "ROOT";

/// The pattern of the names below a prefix. ECR adds the `/` (API reference, CreateRepositoryCreationTemplate, `prefix`).
pub fn names_below(prefix: &str) -> String {
    if prefix == ROOT { "*".to_owned() } else { format!("{prefix}/*") }
}
