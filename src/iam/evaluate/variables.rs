//! Policy variables: `${key}` in a policy is replaced with a value from the request.

use crate::iam::evaluate::context::{Context, Values};
use crate::iam::glob::Glob;

/// A text of a policy with its variables replaced.
pub(super) struct Resolved {
    pub(super) globs: Vec<Glob>,
    /// Whether all variables are known. An unknown one is replaced with `*`.
    pub(super) is_certain: bool,
}

/// Replaces the variables in the text and separates wildcards from ordinary characters. The value of a variable never
/// contains wildcards. `${*}`, `${?}` and `${$}` are the literal characters, and `${key, 'default'}` has a default (IAM
/// User Guide, "IAM policy elements: Variables and tags").
///
/// Returns `None` if a variable has no value and no default, or more than one value.
pub(super) fn resolve(text: &str, context: &Context) -> Option<Resolved> {
    let mut globs = Vec::new();
    let mut is_certain = true;
    let mut rest = text;
    while let Some((before, variable_on)) = rest.split_once("${") {
        let (variable, after) = variable_on.split_once('}')?;
        globs.extend(before.chars().map(wild));
        match value(variable, context)? {
            Some(value) => globs.extend(value.chars().map(Glob::Char)),
            None => {
                globs.push(Glob::Any);
                is_certain = false;
            }
        }
        rest = after;
    }
    globs.extend(rest.chars().map(wild));
    Some(Resolved { globs, is_certain })
}

fn wild(character: char) -> Glob {
    match character {
        '*' => Glob::Any,
        '?' => Glob::One,
        other => Glob::Char(other),
    }
}

/// The value of a variable. `Some(None)` if it is unknown.
fn value<'v>(variable: &'v str, context: &'v Context) -> Option<Option<&'v str>> {
    if matches!(variable, "*" | "?" | "$") {
        return Some(Some(variable));
    }
    let (key, default) = variable.split_once(',').map_or((variable, None), |(key, default)| (key, Some(default)));
    match (context.values(key.trim()), default) {
        (Values::Unknown | Values::Like(..), _) => Some(None),
        (Values::Exact([value]), _) => Some(Some(value)),
        (Values::Exact([]), Some(default)) => Some(Some(default.trim().strip_prefix('\'')?.strip_suffix('\'')?)),
        _ => None,
    }
}
