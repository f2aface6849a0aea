//! A policy statement in the format of IAM, written as YAML.

use serde_json::{Value as Json, json};

use super::aws_json::AwsJson;
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Span;
use crate::yaml::Node;

/// A policy statement in the format of IAM. Its content is checked when the platform is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyStatement(AwsJson);

impl PolicyStatement {
    /// Its place in the spec.
    pub fn span(&self) -> Span {
        self.0.span()
    }

    /// The statement as JSON.
    pub fn to_json(&self) -> Json {
        self.0.to_json()
    }

    /// The place of the value at the end of a path of keys and zero-based indexes. If a step of the path does not exist,
    /// the place of the last value that does.
    pub fn place<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Span {
        self.0.place(steps)
    }

    /// The place of the last key of a path.
    pub fn place_of_key<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Span {
        self.0.place_of_key(steps)
    }
}

impl Decode for PolicyStatement {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let statement = AwsJson::of_map(node).map(PolicyStatement);
        if statement.is_none() {
            decoder.wrong_type(node, "a map: an IAM policy statement with `Effect`, `Principal` and `Action`");
        }
        statement
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "object" })
    }
}
