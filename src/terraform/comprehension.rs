//! A for expression: `{ for key, item in collection : a => b if condition }`.

use super::collection::Layout;
use super::expr::Expr;
use super::name::Name;

/// A list or object made from each element of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Comprehension {
    /// The name of the element's key or index, where it is needed.
    pub key: Option<Name>,
    /// The name of the element.
    pub item: Name,
    /// Where the elements come from.
    pub collection: Expr,
    /// What is made of each.
    pub result: Yield,
    /// Which elements count; all where there is none.
    pub condition: Option<Expr>,
    /// How it is laid out; by nature on one line while it is short.
    pub layout: Layout,
}

/// What a for expression makes of each element.
#[derive(Clone, Debug, PartialEq)]
pub enum Yield {
    /// An item of a list.
    Item(Expr),
    /// An entry of an object.
    Entry(Expr, Expr),
}

impl Comprehension {
    /// `[for item in collection : result]`
    pub fn list(item: impl Into<Name>, collection: impl Into<Expr>, result: impl Into<Expr>) -> Self {
        Self::new(item.into(), collection.into(), Yield::Item(result.into()))
    }

    /// `{ for item in collection : key => value }`
    pub fn object(
        item: impl Into<Name>,
        collection: impl Into<Expr>,
        key: impl Into<Expr>,
        value: impl Into<Expr>,
    ) -> Self {
        Self::new(item.into(), collection.into(), Yield::Entry(key.into(), value.into()))
    }

    fn new(item: Name, collection: Expr, result: Yield) -> Self {
        Comprehension { key: None, item, collection, result, condition: None, layout: Layout::Natural }
    }

    /// Names the element's key too: `for key, item in …`.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<Name>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Takes only elements for which the condition is true.
    #[must_use]
    pub fn only_if(mut self, condition: impl Into<Expr>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    /// Puts `for` and `if` on lines of their own.
    #[must_use]
    pub fn multiline(mut self) -> Self {
        self.layout = Layout::Multiline;
        self
    }
}
