//! Values that may be variables or references, and things that may be created.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions, record};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::value::{Identifier, OrCreate, OrVariable, Reference, Variable};
use crate::yaml::{Node, Value};

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

impl<T: Decode> Decode for OrVariable<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Map(_) if node.get("ref").is_some() => {
                ReferenceKeys::decode(node, decoder).map(|keys| OrVariable::Reference(keys.r#ref))
            }
            Value::Map(_) => Variable::decode(node, decoder).map(OrVariable::Variable),
            Value::Text(text) if text.starts_with("${") => {
                let fault = Diagnostic::new(&codes::MALFORMED, node.span, "Terraform's expressions cannot stand here");
                decoder.fault(fault.help("write `{ variable: name }`, or `{ ref: … }` in a shared root module"));
                None
            }
            _ => T::decode(node, decoder).map(OrVariable::Literal),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let literal = T::schema(definitions);
        let variable = Variable::<T>::schema(definitions);
        let reference = ReferenceKeys::schema(definitions);
        json!({ "anyOf": [literal, variable, reference] })
    }
}

impl<T: Decode> Decode for OrCreate<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("create") => Some(OrCreate::Create),
            _ => T::decode(node, decoder).map(OrCreate::Existing),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "create" }, T::schema(definitions)] })
    }
}
