//! Repositories that Terraform declares together.

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions, record};
use crate::source::Spanned;
use crate::value::Identifier;
use crate::yaml::{Node, Value};

record! {
    /// A set of repositories whose keys a Terraform variable holds.
    pub struct SetVariable {
        /// Name of the variable that ecrgen declares: letters, digits, `_` and `-`. Its default is the keys of the
        /// repositories without individual settings. Required. Example: `variable: services`.
        required variable: Spanned<Identifier>,
    }
}

/// Whether repositories are declared together, and where the keys of the set are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForEach {
    /// In the resource, or each repository is declared on its own.
    Literal(bool),
    /// In a variable.
    Variable(SetVariable),
}

impl ForEach {
    /// The variable that holds the keys; `None` without a set.
    pub fn set(&self) -> Option<Option<&Spanned<Identifier>>> {
        match self {
            ForEach::Literal(false) => None,
            ForEach::Literal(true) => Some(None),
            ForEach::Variable(keys) => Some(Some(&keys.variable)),
        }
    }
}

impl Decode for ForEach {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Map(_) => SetVariable::decode(node, decoder).map(ForEach::Variable),
            Value::Bool(is_set) => Some(ForEach::Literal(*is_set)),
            _ => {
                decoder.wrong_type(node, "`true`, `false` or `{ variable: NAME }`");
                None
            }
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [bool::schema(definitions), SetVariable::schema(definitions)] })
    }
}
