//! A policy statement in the format of IAM, written as YAML.

use serde_json::{Value as Json, json};

use super::aws_json::AwsJson;
use super::given::{self, Given};
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Span;
use crate::yaml::Node;

/// A policy statement in the format of IAM. Its content is checked when the platform is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyStatement {
    /// The statement, with placeholders instead of what is given.
    json: AwsJson,
    /// The values that variables and references give.
    pub given: Vec<Given>,
}

impl PolicyStatement {
    /// Its place in the spec.
    pub fn span(&self) -> Span {
        self.json.span()
    }

    /// The statement as JSON, with placeholders for what variables and references give.
    pub fn to_json(&self) -> Json {
        self.json.to_json()
    }

    /// The place of the value at the end of a path of keys and zero-based indexes. If a step of the path does not exist,
    /// the place of the last value that does.
    pub fn place<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Span {
        self.json.place(steps)
    }

    /// The place of the last key of a path.
    pub fn place_of_key<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Span {
        self.json.place_of_key(steps)
    }
}

impl Decode for PolicyStatement {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if AwsJson::of_map(node).is_none() {
            decoder.wrong_type(node, "a map: an IAM policy statement with `Effect`, `Principal` and `Action`");
            return None;
        }
        let (taken, given) = given::take(node, decoder)?;
        Some(PolicyStatement { json: AwsJson::of_map(&taken)?, given })
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "type": "object", "allOf": [given::schema(definitions)] })
    }
}
