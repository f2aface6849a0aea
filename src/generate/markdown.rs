//! Templates of Markdown files, filled in.
//!
//! A template may loop and skip; names, defaults and sums arrive finished. What is undefined is an error,
//! and a value is text and nothing else: no markup, no table cell's end, no line break.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

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
    out.write_str(&escaped(&text)).map_err(|_| Error::new(ErrorKind::WriteFailure, "a string takes any text"))
}

/// Text as Markdown that shows as that text (GitHub Flavored Markdown specification, "Backslash escapes").
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let in_word = before.is_alphanumeric() && characters.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '_' if in_word => escaped.push('_'),
            // GitHub reads what stands between dollar signs as mathematics.
            '$' | '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '~' => {
                escaped.extend(['\\', c]);
            }
            c if c.is_control() => {}
            c => escaped.push(c),
        }
        before = c;
    }
    escaped
}
