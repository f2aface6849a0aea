//! IAM's own policy statement, written as YAML.

use serde_json::{Value as Json, json};

use super::aws_json::AwsJson;
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Span;
use crate::yaml::Node;

/// A statement as IAM writes it. What AWS asks of it is judged when the platform is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyStatement(AwsJson);

impl PolicyStatement {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.0.span()
    }

    /// The statement as JSON.
    pub fn to_json(&self) -> Json {
        self.0.to_json()
    }

    /// The place at the end of a way of keys and of indexes from 0; where something is missing, the place it is missing
    /// from.
    pub fn place<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Span {
        self.0.place(steps)
    }
}

impl Decode for PolicyStatement {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let statement = AwsJson::of_map(node).map(PolicyStatement);
        if statement.is_none() {
            decoder.wrong_type(node, "a map: a statement as IAM writes it, `Effect`, `Principal`, `Action`");
        }
        statement
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "object" })
    }
}
