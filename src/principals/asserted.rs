//! What an assertion states that only some principals can do.

use serde_json::{Value as Json, json};

use crate::decode::keys::word;
use crate::decode::{Decode, Decoder, Definitions};
use crate::iam::{Action, OUTCOMES, Outcome};
use crate::value::EcrAction;
use crate::yaml::Node;

/// An outcome, or an exact action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asserted {
    /// An outcome, whichever action causes it.
    Outcome(&'static Outcome),
    /// An exact ECR action.
    Action(EcrAction),
}

impl Asserted {
    /// The sets of actions of which each is what the assertion is about.
    pub fn ways(&self) -> Vec<Vec<&'static Action>> {
        match self {
            Asserted::Outcome(outcome) => outcome.ways().collect(),
            Asserted::Action(name) => Action::find(name.as_str()).map(|action| vec![action]).into_iter().collect(),
        }
    }
}

impl Decode for Asserted {
    fn decode(node: &Node, decoder: &mut Decoder) -> Option<Self> {
        if node.as_text().is_some_and(|text| text.contains(':')) {
            return EcrAction::decode(node, decoder).map(Asserted::Action);
        }
        let names: Vec<&'static str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
        Outcome::named(word(node, &names, decoder)?).map(Asserted::Outcome)
    }

    fn if_missing() -> Option<&'static str> {
        Some("add `can`, for example `can: [push]`, or `have`")
    }

    fn schema(definitions: &mut Definitions) -> Json {
        let names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
        json!({ "anyOf": [{ "enum": names }, EcrAction::schema(definitions)] })
    }
}
