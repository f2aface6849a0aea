//! Renders the templates of Markdown files. Values are escaped: they cannot add markup, end a table cell or break a line.

use minijinja::Value;

use super::template;
use crate::escape;

/// Renders one of ecrgen's templates.
///
/// # Panics
/// When the template uses a value that is missing, which rendering the shipped specs would show.
pub fn render(text: &str, values: Value) -> String {
    template::render(&template::environment("markdown", &mut template::jinja(), escape::markdown::text), text, values)
}
