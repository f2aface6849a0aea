//! AWS's own lifecycle policy, written as YAML.

use serde_json::{Value as Json, json};

use super::aws_json::AwsJson;
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Span;
use crate::yaml::Node;

/// A lifecycle policy as AWS writes it. What AWS asks of it is judged when the platform is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecyclePolicy(AwsJson);

impl LifecyclePolicy {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.0.span()
    }

    /// The policy as JSON.
    pub fn to_json(&self) -> Json {
        self.0.to_json()
    }

    /// The place of a JSON pointer (RFC 6901); where something is missing, the place it is missing from.
    pub fn place(&self, pointer: &str) -> Span {
        let steps: Vec<String> =
            pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
        self.0.place(steps.iter().map(String::as_str))
    }
}

impl Decode for LifecyclePolicy {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let policy = AwsJson::of_map(node).map(LifecyclePolicy);
        if policy.is_none() {
            decoder.wrong_type(node, "a map: AWS's lifecycle policy, `rules` and a list");
        }
        policy
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "object" })
    }
}
