//! `{branch}`: the form of a branch name in a tag.

/// The longest slug, as GitLab's `CI_COMMIT_REF_SLUG`: one label of a domain name (RFC 1035).
pub const LONGEST: usize = 63;

/// The slug of a branch: in lowercase, with `-` for each character other than letters, digits, `.`, `_` and `-`, without these
/// separators at its ends, and cut after 63 characters. `None` if no letter or digit of ASCII is left.
///
/// Several branches can have the same slug: `a/b` and `a-b`.
pub fn slug(branch: &str) -> Option<String> {
    let form = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() || "._-".contains(c) => c,
        _ => '-',
    };
    let separators = ['.', '_', '-'];
    let text: String = branch.chars().map(form).collect();
    let begun = text.trim_start_matches(separators);
    let cut = begun[..begun.len().min(LONGEST)].trim_end_matches(separators);
    (!cut.is_empty()).then(|| cut.to_owned())
}
