//! Replaces the placeholders in templates for names and tags.

use crate::diagnostic::{Diagnostic, codes};
use crate::platform::Scope;
use crate::source::Span;

/// Replaces the placeholders in a template for names.
///
/// # Errors
/// A placeholder that has no value here, for example `{account}` without an `account`.
pub fn expand(template: &str, span: Span, scope: &Scope, more: &[(&str, &str)]) -> Result<String, Diagnostic> {
    let mut name = String::new();
    for piece in pieces(template) {
        let value = match piece {
            Piece::Literal(text) => Some(text),
            Piece::Placeholder("platform") => Some(scope.platform.as_str()),
            Piece::Placeholder("environment") => Some(scope.environment.as_str()),
            Piece::Placeholder("region") => Some(scope.region.as_str()),
            Piece::Placeholder("account") => scope.account.as_deref(),
            Piece::Placeholder(other) => more.iter().find(|(key, _)| *key == other).map(|(_, value)| *value),
        };
        match (value, piece) {
            (Some(value), _) => name.push_str(value),
            (None, Piece::Placeholder(placeholder)) => return Err(without_value(placeholder, span)),
            (None, Piece::Literal(_)) => unreachable!("a literal is its own value"),
        }
    }
    Ok(name)
}

fn without_value(placeholder: &str, span: Span) -> Diagnostic {
    let fault =
        Diagnostic::new(&codes::PLACEHOLDER_WITHOUT_VALUE, span, format!("`{{{placeholder}}}` has no value here"));
    match placeholder {
        "account" => fault.help("add `account: \"123456789012\"`, with the ID of your account in quotes"),
        _ => fault.help(format!("delete `{{{placeholder}}}`")),
    }
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Literal text.
    Literal(&'t str),
    /// A placeholder: the name between the braces.
    Placeholder(&'t str),
}

/// Splits a template into its pieces. The braces are balanced, because the decoder checks the form of templates.
pub fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{') {
            let (placeholder, after) = inner.split_once('}').unwrap_or((inner, ""));
            rest = after;
            return Some(Piece::Placeholder(placeholder));
        }
        let (literal, after) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        rest = after;
        Some(Piece::Literal(literal))
    })
}
