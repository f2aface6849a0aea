//! Wildcards in the condition values of a trust policy.

/// `*` matches zero or more characters, `?` exactly one.
pub(super) const WILDCARDS: [char; 2] = ['*', '?'];

pub(super) fn has_wildcard(value: &str) -> bool {
    value.contains(WILDCARDS)
}

/// Whether the text consists only of wildcards.
pub(super) fn is_wild(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| WILDCARDS.contains(&character))
}
