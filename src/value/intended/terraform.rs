//! Versions and references in the notation of other tools.

/// Writes a version without the `v` of Git tags.
pub(in crate::value) fn version(text: &str) -> Option<String> {
    Some(text.trim_start_matches(['v', '=', ' ']).to_owned())
}

/// Writes a version constraint with the operators of Terraform instead of those of npm: `^1.9` is `~> 1.9`, `1.9.x` is
/// `~> 1.9.0`.
pub(in crate::value) fn constraint(text: &str) -> Option<String> {
    let plain = text.replace(" v", " ").trim_start_matches('v').to_owned();
    if let Some(version) = plain.strip_prefix('^') {
        return Some(format!("~> {}", version.trim_start_matches(['v', ' '])));
    }
    if let Some(version) = plain.strip_prefix('~').filter(|rest| !rest.starts_with('>')) {
        return Some(format!("~> {}", version.trim_start_matches(['v', ' '])));
    }
    match plain.strip_suffix(".x").or(plain.strip_suffix(".*")) {
        Some(version) => Some(format!("~> {version}.0")),
        None => Some(plain),
    }
}

/// What to write instead of a word for the newest version.
pub(in crate::value) fn newest(_: &str) -> Option<&'static str> {
    Some("write the version numbers; a constraint such as \">= 1.12\" also allows later versions")
}

/// Writes the reference without the `${ }` around it.
pub(in crate::value) fn reference(text: &str) -> Option<String> {
    Some(text.strip_prefix("${")?.strip_suffix('}')?.trim().to_owned())
}

/// What to write instead of an expression.
pub(in crate::value) fn expression(_: &str) -> Option<&'static str> {
    Some("put the expression in a local value of a hand-written file, and write `local.NAME` here")
}

/// What to write instead of a constraint.
pub(in crate::value) fn exact(_: &str) -> Option<&'static str> {
    Some("write one version with all three numbers, for example \"3.2.0\"")
}
