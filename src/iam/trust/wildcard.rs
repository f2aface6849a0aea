//! Wildcards in the values of a trust policy's conditions.

/// Any characters, and exactly one.
pub(super) const WILDCARDS: [char; 2] = ['*', '?'];

pub(super) fn has_wildcard(value: &str) -> bool {
    value.contains(WILDCARDS)
}

/// Whether the text is made of wildcards only.
pub(super) fn is_wild(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| WILDCARDS.contains(&character))
}
