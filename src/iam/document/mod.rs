//! Policy documents: their model, how they are read and written, and how AWS measures their size.

mod bindings;
mod conditions;
mod element;
mod fault;
mod json;
mod kind;
mod list;
mod operator;
mod principal;
mod reader;
mod sid;
pub mod size;
mod statement;
mod symbol;
mod text;

pub use bindings::Bindings;
pub use conditions::Conditions;
pub use element::Element;
pub use fault::{Fault, Problem, Step};
pub use kind::PolicyKind;
pub use operator::{Comparison, Operator, Quantifier};
pub use principal::{Principal, PrincipalKind};
pub use sid::Sid;
pub use statement::{Effect, Statement};
pub use symbol::{Given, Symbol};
pub use text::{Part, Text};

use serde_json::{Map, Value};

/// The policy language version of every document. The older version, 2008-10-17, does not support policy variables.
pub const VERSION: &str = "2012-10-17";

/// A policy document of version 2012-10-17.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Document {
    /// The ID of the document. Only resource policies have one.
    pub id: Option<String>,
    /// The statements, in the order in which they appear.
    pub statements: Vec<Statement>,
}

impl Document {
    /// A document with these statements.
    pub fn new(statements: impl IntoIterator<Item = Statement>) -> Self {
        Document { id: None, statements: statements.into_iter().collect() }
    }

    /// Reads a document the way AWS does (IAM User Guide, "Grammar of the IAM JSON policy language"). A string can
    /// replace a list with one item, and condition values can be numbers and booleans. A document of the older version
    /// is converted to an equivalent document of the current version.
    ///
    /// # Errors
    ///
    /// Returns every error in the text: malformed JSON; keys that are unknown, missing, repeated or mutually exclusive;
    /// values of the wrong type; and malformed names.
    pub fn from_json(json: &str) -> Result<Self, Vec<Fault>> {
        reader::document(json)
    }

    /// The document as JSON.
    pub fn to_json(&self, bindings: &Bindings) -> Value {
        let mut json = Map::new();
        json.insert("Version".into(), VERSION.into());
        if let Some(id) = &self.id {
            json.insert("Id".into(), id.as_str().into());
        }
        let statements = self.statements.iter().map(|statement| statement.to_json(bindings));
        json.insert("Statement".into(), statements.collect());
        Value::Object(json)
    }
}
