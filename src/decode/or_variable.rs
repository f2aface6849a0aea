//! Values that can be variables or references, and things that ecrgen can create.

use serde_json::{Value as Json, json};

use super::{Decode, Decoder, Definitions, record, words};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::value::{Identifier, OrCreate, OrVariable, Reference, Variable};
use crate::yaml::{Node, Value};

record! {
    /// A reference to a value that the hand-written files of a shared root module define.
    pub struct ReferenceKeys {
        /// Terraform reference to the value: attributes and indexes only, no functions or operators. It needs
        /// `terraform.root: shared`. Required. Example: `ref: module.eks.node_role_name`.
        required r#ref: Spanned<Reference>,
    }
}

words! {
    /// What a variable contains, where a name or an ARN identifies the resource.
    pub enum Holds {
        /// The ARN of the resource.
        Arn = "arn",
    }
}

/// What editors show for what a variable holds.
const HOLDS: &str = "What the variable contains, if it is always an ARN: `arn`. Terraform then checks the value before it plans. \
                     Default: the name or the ARN. Example: `{ variable: node_role_arn, holds: arn }`.";

/// What editors show for the name of a variable.
const VARIABLE: &str = "Name of the Terraform variable that ecrgen declares for the value: letters, digits, `_` and `-`. \
                        Required. Example: `variable: node_role_name`.";

/// What editors show for the default of a variable.
const DEFAULT: &str = "Default of the variable: a value that the key itself could have. Default: the variable has no \
                       default, so Terraform requires a value. Example: `{ variable: scan_on_push, default: true }`.";

impl<T: Decode> Decode for Variable<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let before = decoder.faults.len();
        let known: &[&str] =
            if T::arn().is_some() { &["variable", "default", "holds"] } else { &["variable", "default"] };
        let keys = super::keys::Keys::of(node, known, decoder)?;
        let name = keys.required("variable", decoder);
        let holds: Option<Holds> = T::arn().and_then(|_| keys.optional("holds", decoder));
        let is_fit = match (holds, T::arn(), node.get("default")) {
            (Some(Holds::Arn), Some(arn), Some(written)) => must_be_arn(written, arn, decoder),
            _ => true,
        };
        let default: Option<T> = if is_fit { keys.optional("default", decoder) } else { None };
        (decoder.faults.len() == before).then_some(())?;
        Some(Variable { name: name?, default, holds_arn: holds.is_some() })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let mut name = definitions.needed::<Identifier>();
        name["description"] = json!(VARIABLE);
        let mut default = definitions.optional::<T>();
        default["description"] = json!(DEFAULT);
        let mut schema = json!({
            "type": "object",
            "description": "A value that is set by a Terraform variable of the root module.",
            "properties": { "variable": name, "default": default },
            "required": ["variable"],
            "additionalProperties": false,
        });
        if let Some((pattern, _)) = T::arn() {
            let mut holds = definitions.optional::<Holds>();
            holds["description"] = json!(HOLDS);
            schema["properties"]["holds"] = holds;
            schema["if"] = json!({ "required": ["holds"], "properties": { "holds": { "const": "arn" } } });
            schema["then"] =
                json!({ "properties": { "default": { "anyOf": [{ "const": "none" }, { "pattern": pattern }] } } });
        }
        schema
    }
}

/// Whether a default of a variable that holds ARNs is one. Reports it otherwise.
fn must_be_arn(default: &Node, (pattern, wanted): (&str, &str), decoder: &mut Decoder) -> bool {
    let (code, found) = match default.as_text() {
        _ if default.value == Value::None => return true,
        Some(text) if regex_lite::Regex::new(pattern).expect("a constant pattern").is_match(text) => return true,
        Some(text) => (&codes::MALFORMED, format!("`{text}`")),
        None => (&codes::WRONG_TYPE, default.kind().to_owned()),
    };
    let fault = Diagnostic::new(code, default.span, format!("{found} is not valid here: expected {wanted}"));
    decoder.fault(fault.help("write the ARN, or delete `holds`"));
    false
}

impl<T: Decode> Decode for OrVariable<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match &node.value {
            Value::Map(_) if node.get("ref").is_some() => {
                ReferenceKeys::decode(node, decoder).map(|keys| OrVariable::Reference(keys.r#ref))
            }
            Value::Map(_) => Variable::decode(node, decoder).map(OrVariable::Variable),
            Value::Text(text) if text.starts_with("${") => {
                let fault =
                    Diagnostic::new(&codes::MALFORMED, node.span, "Terraform expressions are not supported here");
                decoder.fault(fault.help("write `{ variable: NAME }`; with `terraform: { root: shared }` you can also write `{ ref: ADDRESS.ATTRIBUTE }`"));
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
