//! Numbers of retention rules: written in the spec, or set by a Terraform variable.

use std::ops::Deref;

use serde_json::{Value as Json, json};

use crate::decode::keys::Keys;
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Spanned;
use crate::value::{Identifier, Variable};
use crate::yaml::{Node, Value};

/// A number of a retention rule. A variable needs a default, because ecrgen checks and simulates the policy with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount<T> {
    /// The number, or the default of the variable.
    pub value: T,
    /// The variable that sets the number.
    pub variable: Option<Spanned<Identifier>>,
}

impl<T> Deref for Amount<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Decode> Decode for Amount<T> {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return T::decode(node, decoder).map(|value| Amount { value, variable: None });
        }
        let keys = Keys::of(node, &["variable", "default"], decoder)?;
        let (name, value) = (keys.required("variable", decoder), keys.required("default", decoder));
        Some(Amount { value: value?, variable: Some(name?) })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let mut variable = Variable::<T>::schema(definitions);
        variable["required"] = json!(["variable", "default"]);
        // Unlike other variables, this one cannot do without.
        variable["properties"]["default"] = definitions.needed::<T>();
        variable["properties"]["default"]["description"] = json!(
            "Default of the variable: a value that the key itself could have. ecrgen checks and simulates the policy with \
             it. Required. Example: `{ variable: keep_releases, default: 30 }`."
        );
        json!({ "anyOf": [T::schema(definitions), variable] })
    }
}
