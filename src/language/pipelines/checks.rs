//! What a pipeline checks.

use serde_json::{Value as Json, json};

use crate::decode::{Decode, Decoder, Definitions, words};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Spanned;
use crate::yaml::Node;

words! {
    /// Something that a pipeline checks.
    pub enum Check {
        /// `ecrgen check`: the files are in sync with the spec, and nothing of the base branch is lost.
        Drift = "drift",
        /// `terraform fmt`.
        Fmt = "fmt",
        /// `terraform validate`.
        Validate = "validate",
        /// TFLint.
        Tflint = "tflint",
        /// The misconfigurations that Trivy knows.
        Trivy = "trivy",
    }
}

impl Check {
    /// Every check, in the order in which pipelines run them.
    pub const ALL: [Check; 5] = [Check::Drift, Check::Fmt, Check::Validate, Check::Tflint, Check::Trivy];
}

/// What a pipeline checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checks {
    /// Everything.
    All,
    /// These.
    These(Vec<Spanned<Check>>),
}

impl Decode for Checks {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        match node.as_text() {
            Some("all") => Some(Checks::All),
            Some(word) => {
                let message = format!("expected a list of checks or `all`, found `{word}`");
                let help = "write `all`, or a list such as `[drift, fmt, validate]`";
                decoder.fault(Diagnostic::new(&codes::UNKNOWN_WORD, node.span, message).help(help));
                None
            }
            None => Vec::decode(node, decoder).map(Checks::These),
        }
    }

    fn schema(definitions: &mut Definitions) -> Json {
        json!({ "anyOf": [{ "const": "all" }, Vec::<Spanned<Check>>::schema(definitions)] })
    }
}
