//! Text with parts that are only known when the plan is applied.

use super::bindings::Bindings;
use super::symbol::Symbol;

/// One part of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Known now. Never empty, and never next to another literal.
    Literal(String),
    /// Known at apply time.
    Symbol(Symbol),
}

/// A string made of literals and symbols. Equal texts have equal parts, because adjacent literals are merged and empty
/// literals are dropped.
///
/// ```
/// use ecrgen::iam::{Symbol, Text};
///
/// let arn = Text::from("arn:").symbol(Symbol::Partition).literal(":iam::").literal("aws:policy/ReadOnlyAccess");
/// assert_eq!(arn.parts().len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    parts: Vec<Part>,
}

impl Text {
    /// Appends a literal.
    #[must_use]
    pub fn literal(mut self, literal: &str) -> Self {
        match self.parts.last_mut() {
            _ if literal.is_empty() => {}
            Some(Part::Literal(last)) => last.push_str(literal),
            _ => self.parts.push(Part::Literal(literal.to_owned())),
        }
        self
    }

    /// Appends a symbol.
    #[must_use]
    pub fn symbol(mut self, symbol: Symbol) -> Self {
        self.parts.push(Part::Symbol(symbol));
        self
    }

    /// Appends another text.
    #[must_use]
    pub fn then(self, other: &Text) -> Self {
        other.parts.iter().fold(self, |text, part| match part {
            Part::Literal(literal) => text.literal(literal),
            Part::Symbol(symbol) => text.symbol(symbol.clone()),
        })
    }

    /// The parts from left to right.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The whole text, if it contains no symbol.
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(literal)] => Some(literal),
            _ => None,
        }
    }

    /// Whether nothing is known about a part of the text.
    pub fn is_given(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Symbol(Symbol::Given(_))))
    }

    /// The text with every symbol replaced.
    ///
    /// # Panics
    ///
    /// If the text refers to an ARN or an issuer that is not bound. See [`Bindings::resolve`].
    pub fn bind(&self, bindings: &Bindings) -> String {
        let bound = self.parts.iter().map(|part| match part {
            Part::Literal(literal) => literal.as_str(),
            Part::Symbol(symbol) => bindings.resolve(symbol),
        });
        bound.collect()
    }
}

impl From<&str> for Text {
    fn from(literal: &str) -> Self {
        Text::default().literal(literal)
    }
}

impl From<String> for Text {
    fn from(literal: String) -> Self {
        Text::from(literal.as_str())
    }
}

impl From<Symbol> for Text {
    fn from(symbol: Symbol) -> Self {
        Text::default().symbol(symbol)
    }
}
