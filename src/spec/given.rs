//! A value that may not be known when the spec is compiled: a literal, a variable, or a reference.

use serde_json::{Value as Json, json};

use super::decode::{Decode, Decoder, Spanned};
use super::schema::Definitions;
use super::text::{Identifier, Reference};
use crate::diagnostic::Diagnostic;
use crate::node::{Node, Value};
use crate::record;

/// The three ways to write a value marked V in the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given<T> {
    /// The value itself.
    Literal(T),
    /// A variable of the root module.
    Variable(Variable<T>),
    /// Something another file of a shared root module defines.
    Reference(Spanned<Reference>),
}

/// A Terraform variable that the root module declares for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable<T> {
    /// Its name.
    pub name: Spanned<Identifier>,
    /// Its default; without one Terraform asks.
    pub default: Option<T>,
}

record! {
    /// A reference into the other files of a shared root module.
    pub struct ReferenceKeys {
        /// A traversal such as `module.eks.node_role_name`, nothing that computes. Needs `terraform.root: shared`.
        required r#ref: Spanned<Reference>,
    }
}

impl<T: Decode> Decode for Variable<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let before = decoder.faults.len();
        let keys = super::keys::Keys::of(node, &["variable", "default"], decoder)?;
        let name = keys.required("variable", decoder);
        let default = keys.optional("default", decoder);
        (decoder.faults.len() == before).then_some(())?;
        Some(Variable { name: name?, default })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let name = definitions.needed::<Identifier>();
        let default = definitions.optional::<T>();
        json!({
            "type": "object",
            "description": "A variable of the root module, and its default.",
            "properties": { "variable": name, "default": default },
            "required": ["variable"],
            "additionalProperties": false,
        })
    }
}

impl<T: Decode> Decode for Given<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Map(_) if node.get("ref").is_some() => {
                ReferenceKeys::decode(node, decoder).map(|keys| Given::Reference(keys.r#ref))
            }
            Value::Map(_) => Variable::decode(node, decoder).map(Given::Variable),
            Value::Text(text) if text.starts_with("${") => {
                let fault = Diagnostic::error("malformed", node.span, "Terraform's expressions cannot stand here");
                decoder.fault(fault.help("write `{ variable: name }`, or `{ ref: … }` in a shared root module"));
                None
            }
            _ => T::decode(node, decoder).map(Given::Literal),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let literal = T::schema(definitions);
        let variable = Variable::<T>::schema(definitions);
        let reference = ReferenceKeys::schema(definitions);
        json!({ "anyOf": [literal, variable, reference] })
    }
}
