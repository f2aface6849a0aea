//! Templates of Markdown files, filled in.
//!
//! A template may loop and skip; names, defaults and sums arrive finished. What is undefined is an error,
//! and a value is text and nothing else: no markup, no table cell's end, no line break.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use crate::escape;

/// Fills a template of ours with values that are there.
///
/// # Panics
/// When the template names a value that is not, which the shipped specs would show.
pub fn render(template: &str, values: Value) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(format);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters"));
    environment.render_str(template, values).unwrap_or_else(|error| panic!("a template of ours: {error:#}"))
}

fn format(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.is_number() => value.to_string(),
        None => return Err(Error::new(ErrorKind::InvalidOperation, format!("{value:?} is neither text nor a number"))),
    };
    out.write_str(&escape::markdown::text(&text))
        .map_err(|_| Error::new(ErrorKind::WriteFailure, "a string takes any text"))
}
