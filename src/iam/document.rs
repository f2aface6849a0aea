//! A policy document.

use serde_json::{Map, Value};

use crate::iam::bindings::Bindings;
use crate::iam::fault::Fault;
use crate::iam::reader;
use crate::iam::statement::Statement;
use crate::iam::text::Text;

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

/// A list of one is written as its item: that is how AWS hands policies back, and it is shorter.
pub(super) fn one_or_many(texts: &[Text], bindings: &Bindings) -> Value {
    match texts {
        [one] => one.bind(bindings).into(),
        many => many.iter().map(|text| Value::from(text.bind(bindings))).collect(),
    }
}
