//! Renders the templates of Markdown files. Values are escaped: they cannot add markup, end a table cell or break a line.

use std::sync::LazyLock;

use minijinja::{Environment, Value};

use super::template;
use crate::escape;

/// The templates, which are parsed once for all platforms.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = template::environment("markdown", &mut template::jinja(), escape::markdown::text);
    for (name, text) in [
        (ROOT, include_str!("../../templates/root-readme.md")),
        (BOOTSTRAP, include_str!("../../templates/workspace-readme.md")),
    ] {
        environment.add_template(name, text).unwrap_or_else(|error| panic!("invalid template: {error:#}"));
    }
    environment
});

/// The README of the root module.
pub const ROOT: &str = "root";

/// The README of the bootstrap module.
pub const BOOTSTRAP: &str = "bootstrap";

/// Renders one of ecrgen's templates.
///
/// # Panics
/// When there is no such template, or it uses a value that is missing, which rendering the shipped specs would show.
pub fn render(name: &str, values: Value) -> String {
    let rendered = TEMPLATES.get_template(name).and_then(|template| template.render(values));
    rendered.unwrap_or_else(|error| panic!("invalid template: {error:#}"))
}
