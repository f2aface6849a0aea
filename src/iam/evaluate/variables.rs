//! Policy variables: `${key}` in a policy is replaced with a value from the request.

use crate::iam::evaluate::request::Context;
use crate::iam::glob::Glob;

/// Replaces the variables in the text and separates wildcards from ordinary characters. The value of a variable never
/// contains wildcards. `${*}`, `${?}` and `${$}` are the literal characters, and `${key, 'default'}` has a default (IAM
/// User Guide, "IAM policy elements: Variables and tags").
///
/// Returns `None` if a variable has no value and no default, or more than one value.
pub(super) fn resolve(text: &str, context: &Context) -> Option<Vec<Glob>> {
    let mut globs = Vec::new();
    let mut rest = text;
    while let Some((before, variable_on)) = rest.split_once("${") {
        let (variable, after) = variable_on.split_once('}')?;
        globs.extend(before.chars().map(wild));
        globs.extend(value(variable, context)?.chars().map(Glob::Char));
        rest = after;
    }
    globs.extend(rest.chars().map(wild));
    Some(globs)
}

fn wild(character: char) -> Glob {
    match character {
        '*' => Glob::Any,
        '?' => Glob::One,
        other => Glob::Char(other),
    }
}

fn value<'v>(variable: &'v str, context: &'v Context) -> Option<&'v str> {
    if matches!(variable, "*" | "?" | "$") {
        return Some(variable);
    }
    let (key, default) = variable.split_once(',').map_or((variable, None), |(key, default)| (key, Some(default)));
    match (context.values(key.trim()), default) {
        ([value], _) => Some(value),
        ([], Some(default)) => default.trim().strip_prefix('\'')?.strip_suffix('\''),
        _ => None,
    }
}
