//! Renders templates, with a formatter for the language of the file.
//!
//! Templates only loop and branch; names, defaults and totals are computed before. An undefined value is an error.

use minijinja::syntax::{SyntaxConfig, SyntaxConfigBuilder};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

/// An environment for templates of a language, with the delimiters of `syntax`. `escape` makes a text harmless; texts that are
/// marked as safe are written as they are.
pub(super) fn environment(
    language: &'static str,
    syntax: &mut SyntaxConfigBuilder,
    escape: fn(&str) -> String,
) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(move |_| AutoEscape::Custom(language.into()));
    environment.set_formatter(move |out, _, value| {
        let text = match value.as_str() {
            Some(text) if value.is_safe() => text.to_owned(),
            Some(text) => escape(text),
            None if value.is_number() => escape(&value.to_string()),
            None => {
                return Err(Error::new(ErrorKind::InvalidOperation, format!("{value:?} is neither text nor a number")));
            }
        };
        out.write_str(&text).map_err(|_| Error::new(ErrorKind::WriteFailure, "writing to a string cannot fail"))
    });
    let syntax = syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the delimiters are valid"));
    environment
}

/// Renders one of ecrgen's templates.
///
/// # Panics
/// When the template uses a value that is missing, which rendering the shipped specs would show.
pub(super) fn render(environment: &Environment, template: &str, values: Value) -> String {
    environment.render_str(template, values).unwrap_or_else(|error| panic!("invalid template: {error:#}"))
}

/// The usual delimiters.
pub(super) fn jinja() -> SyntaxConfigBuilder {
    SyntaxConfig::builder()
}
