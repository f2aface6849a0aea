//! Text that contains code: `"arn:aws:ecr:${var.region}"`.

use super::expr::Expr;

/// Builds a text piece by piece.
///
/// The result is the simplest equivalent expression: a literal if there is no code, and the code itself if there is
/// nothing else (`"${x}"` becomes `x`, as with `terraform fmt`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template(Vec<Part>);

/// The pieces of a template: more than one, at least one of them code, and no two texts in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts(Vec<Part>);

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Literal text.
    Text(String),
    /// `${code}`
    Code(Expr),
}

impl Template {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends literal text.
    #[must_use]
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        match self.0.last_mut() {
            Some(Part::Text(before)) => before.push_str(text.as_ref()),
            _ if text.as_ref().is_empty() => {}
            _ => self.0.push(Part::Text(text.as_ref().to_owned())),
        }
        self
    }

    /// Appends `${code}`.
    #[must_use]
    pub fn code(mut self, code: impl Into<Expr>) -> Self {
        match code.into() {
            Expr::String(text) => self.text(text),
            Expr::Template(Parts(parts)) => parts.into_iter().fold(self, |template, part| match part {
                Part::Text(text) => template.text(text),
                Part::Code(code) => template.code(code),
            }),
            code => {
                self.0.push(Part::Code(code));
                self
            }
        }
    }

    pub(super) fn into_expr(mut self) -> Expr {
        match self.0.as_slice() {
            [] => Expr::String(String::new()),
            [_] => match self.0.remove(0) {
                Part::Text(text) => Expr::String(text),
                Part::Code(code) => code,
            },
            _ => Expr::Template(Parts(self.0)),
        }
    }
}

impl Parts {
    /// The pieces in order.
    pub fn iter(&self) -> impl Iterator<Item = &Part> {
        self.0.iter()
    }
}
