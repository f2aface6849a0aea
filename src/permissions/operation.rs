//! The operation that a query asks about.

use crate::diagnostic::did_you_mean;
use crate::iam::{Action, Verb};

/// The operation that a query asks about: a verb or a single action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// All actions of a verb.
    Verb(Verb),
    /// One action.
    Action(&'static Action),
}

impl Operation {
    /// Parses a verb, or the full name of an ECR action in any case.
    ///
    /// # Errors
    ///
    /// The word is unknown. The message contains a suggestion.
    pub fn parse(word: &str) -> Result<Operation, String> {
        let action = |name: &str| Action::find(name).filter(|action| action.name.starts_with("ecr:"));
        if let Some(what) = Verb::named(word).map(Operation::Verb).or_else(|| action(word).map(Operation::Action)) {
            return Ok(what);
        }
        let help = match action(&format!("ecr:{word}")) {
            Some(action) => format!("did you mean `{}`?", action.name),
            None => {
                let verbs = Verb::ALL.into_iter().map(Verb::name);
                let actions = Action::all().map(|action| action.name).filter(|name| name.starts_with("ecr:"));
                did_you_mean(word, verbs.chain(actions).collect::<Vec<_>>(), "verbs and actions")
            }
        };
        Err(format!("unknown verb or ECR action `{word}`: {help}"))
    }

    /// The name of the verb or action.
    pub fn name(self) -> &'static str {
        match self {
            Operation::Verb(verb) => verb.name(),
            Operation::Action(action) => action.name,
        }
    }
}
