//! Expressions. Literals are data, and everything else is code.

use super::collection::{Key, List, Object};
use super::name::Name;
use super::template::{Part, Parts, Template};
use super::traversal::Traversal;

/// The right-hand side of `=`.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Literal text, even if it looks like code.
    String(String),
    /// Text that contains code, built with [`Template`].
    Template(Parts),
    /// A reference: `module.eks.node_groups["default"].role`.
    Traversal(Traversal),
    /// `jsonencode(x)`
    Call(Call),
    /// `[a, b]`
    List(List),
    /// `{ a = 1 }`
    Object(Object),
    /// `{ for key, value in collection : key => value }`
    For(Box<For>),
}

/// An object with an entry for each item of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// The names of the key and the value of an item.
    pub names: [Name; 2],
    /// The collection.
    pub collection: Expr,
    /// The key and the value of the entry.
    pub entry: [Expr; 2],
}

/// A function call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function.
    pub function: Name,
    /// Its arguments.
    pub arguments: Vec<Expr>,
}

impl Expr {
    /// `function(arguments)`
    pub fn call(function: impl Into<Name>, arguments: impl IntoIterator<Item = impl Into<Expr>>) -> Self {
        let arguments = arguments.into_iter().map(Into::into).collect();
        Expr::Call(Call { function: function.into(), arguments })
    }

    /// Whether a direct child of this expression passes the test.
    pub fn any_child(&self, test: &mut dyn FnMut(&Expr) -> bool) -> bool {
        match self {
            Expr::Null | Expr::Bool(_) | Expr::Number(_) | Expr::String(_) | Expr::Traversal(_) => false,
            Expr::Template(parts) => parts.iter().any(|part| matches!(part, Part::Code(code) if test(code))),
            Expr::Call(call) => call.arguments.iter().any(test),
            Expr::List(list) => list.items().any(test),
            Expr::Object(object) => {
                object.items().any(|(key, value)| matches!(key, Key::Computed(key) if test(key)) || test(value))
            }
            Expr::For(each) => std::iter::once(&each.collection).chain(&each.entry).any(test),
        }
    }
}

impl From<bool> for Expr {
    fn from(value: bool) -> Self {
        Expr::Bool(value)
    }
}

impl From<i64> for Expr {
    fn from(value: i64) -> Self {
        Expr::Number(value)
    }
}

impl From<i32> for Expr {
    fn from(value: i32) -> Self {
        Expr::Number(value.into())
    }
}

impl From<u32> for Expr {
    fn from(value: u32) -> Self {
        Expr::Number(value.into())
    }
}

impl From<&str> for Expr {
    fn from(text: &str) -> Self {
        Expr::String(text.to_owned())
    }
}

impl From<String> for Expr {
    fn from(text: String) -> Self {
        Expr::String(text)
    }
}

impl From<&String> for Expr {
    fn from(text: &String) -> Self {
        Expr::String(text.clone())
    }
}

impl From<Template> for Expr {
    fn from(template: Template) -> Self {
        template.into_expr()
    }
}

impl From<Traversal> for Expr {
    fn from(traversal: Traversal) -> Self {
        Expr::Traversal(traversal)
    }
}

impl From<&Traversal> for Expr {
    fn from(traversal: &Traversal) -> Self {
        Expr::Traversal(traversal.clone())
    }
}

impl From<List> for Expr {
    fn from(list: List) -> Self {
        Expr::List(list)
    }
}

impl<T: Into<Expr>> From<Vec<T>> for Expr {
    fn from(items: Vec<T>) -> Self {
        Expr::List(items.into_iter().collect())
    }
}

impl<T: Into<Expr>, const N: usize> From<[T; N]> for Expr {
    fn from(items: [T; N]) -> Self {
        Expr::List(items.into_iter().collect())
    }
}

impl From<Object> for Expr {
    fn from(object: Object) -> Self {
        Expr::Object(object)
    }
}

impl From<For> for Expr {
    fn from(each: For) -> Self {
        Expr::For(Box::new(each))
    }
}
