//! Renders the templates of Markdown files.
//!
//! Templates only loop and branch; names, defaults and totals are computed before. An undefined value is an error, and
//! values are escaped: they cannot add markup, end a table cell or break a line.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use crate::escape;

/// Renders one of ecrgen's templates.
///
/// # Panics
/// When the template uses a value that is missing, which rendering the shipped specs would show.
pub fn render(template: &str, values: Value) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(format);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the default delimiters are valid"));
    environment.render_str(template, values).unwrap_or_else(|error| panic!("invalid template: {error:#}"))
}

fn format(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.is_number() => value.to_string(),
        None => return Err(Error::new(ErrorKind::InvalidOperation, format!("{value:?} is neither text nor a number"))),
    };
    out.write_str(&escape::markdown::text(&text))
        .map_err(|_| Error::new(ErrorKind::WriteFailure, "writing to a string cannot fail"))
}
