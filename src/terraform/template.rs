//! Text with code in it: `"arn:aws:ecr:${var.region}"`.

use super::expr::Expr;

/// Builds a text piece by piece.
///
/// It becomes the simplest expression that means the same: a literal when no code is in it, the code itself when
/// nothing else is (`"${x}"` is `x`, which is also what `terraform fmt` makes of it).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template(Vec<Part>);

/// The pieces of a template, more than one of them, at least one code, no two texts side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts(Vec<Part>);

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text that is taken as it is.
    Text(String),
    /// `${code}`
    Code(Expr),
}

impl Template {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends text that is taken as it is.
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
