//! An ECR lifecycle policy in the format of AWS, written as YAML.

use serde_json::{Value as Json, json};

use super::aws_json::AwsJson;
use crate::decode::{Decode, Decoder, Definitions};
use crate::source::Span;
use crate::yaml::Node;

/// A lifecycle policy in the format of AWS. Its content is checked when the platform is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecyclePolicy(AwsJson);

impl LifecyclePolicy {
    /// Its place in the spec.
    pub fn span(&self) -> Span {
        self.0.span()
    }

    /// The policy as JSON.
    pub fn to_json(&self) -> Json {
        self.0.to_json()
    }

    /// The place of the value that a JSON pointer (RFC 6901) points to, or of the last value on its path that exists.
    pub fn place(&self, pointer: &str) -> Span {
        self.0.place(steps(pointer).iter().map(String::as_str))
    }

    /// The place of the key that a JSON pointer points to, or of the last key on its path that exists.
    pub fn place_of_key(&self, pointer: &str) -> Span {
        self.0.place_of_key(steps(pointer).iter().map(String::as_str))
    }
}

fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

impl Decode for LifecyclePolicy {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        let policy = AwsJson::of_map(node).map(LifecyclePolicy);
        if policy.is_none() {
            decoder.wrong_type(node, "a map: a lifecycle policy in the format of AWS, `rules: [...]`");
        }
        policy
    }

    fn schema(_: &mut Definitions) -> Json {
        json!({ "type": "object" })
    }
}
