//! Policy documents: what they hold, how they are read and written, and how AWS measures them.

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
pub use symbol::Symbol;
pub use text::{Part, Text};

use serde_json::{Map, Value};

/// The policy language version of every document: the older one, 2008-10-17, does not know policy variables.
pub const VERSION: &str = "2012-10-17";

/// A policy document of version 2012-10-17.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Document {
    /// The name of the whole document; only in resource policies.
    pub id: Option<String>,
    /// The statements, in the order in which they are written.
    pub statements: Vec<Statement>,
}

impl Document {
    /// A document of these statements.
    pub fn new(statements: impl IntoIterator<Item = Statement>) -> Self {
        Document { id: None, statements: statements.into_iter().collect() }
    }

    /// Reads a document as AWS would (IAM User Guide, "Grammar of the IAM JSON policy language"): a string may stand
    /// for a list of one, numbers and booleans may be condition values. A document of the older version comes back as
    /// one of today's that means the same.
    ///
    /// # Errors
    ///
    /// Every fault of the text: malformed JSON, keys that are unknown, missing, repeated or exclude each other, values
    /// of the wrong type, names that are not well-formed.
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
