//! AWS's own lifecycle policy, written as YAML.

use serde_json::{Map, Number, Value as Json, json};

use super::decode::{Decode, Decoder};
use super::schema::Definitions;
use crate::node::{Node, Value};
use crate::source::Span;

/// A lifecycle policy as AWS writes it. What AWS asks of it is judged when the platform is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecyclePolicy(Node);

impl LifecyclePolicy {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// The policy as JSON.
    pub fn to_json(&self) -> Json {
        json_of(&self.0)
    }

    /// The place of a JSON pointer (RFC 6901); where something is missing, the place it is missing from.
    pub fn place(&self, pointer: &str) -> Span {
        let mut node = &self.0;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            let next = match &node.value {
                Value::List(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
                _ => node.get(&step),
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node.span
    }
}

impl Decode for LifecyclePolicy {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if let Value::Map(_) = node.value {
            return Some(LifecyclePolicy(node.clone()));
        }
        decoder.wrong_type(node, "a map: AWS's lifecycle policy, `rules` and a list");
        None
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "object" })
    }
}

fn json_of(node: &Node) -> Json {
    match &node.value {
        Value::Null | Value::None => Json::Null,
        Value::Bool(bool) => Json::Bool(*bool),
        Value::Number(text) => number(text),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(json_of).collect(),
        Value::Map(entries) => {
            let entries = entries.iter().map(|entry| (entry.key.text.clone(), json_of(&entry.value)));
            Json::Object(entries.collect::<Map<String, Json>>())
        }
    }
}

/// A number of YAML; what JSON has no number for (`.inf`) stays text.
fn number(text: &str) -> Json {
    let whole = text.parse::<u64>().ok().map(Number::from);
    let number = whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64));
    number.map_or_else(|| Json::String(text.to_owned()), Json::Number)
}
