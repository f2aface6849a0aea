//! What a question is about.

use crate::diagnostic::did_you_mean;
use crate::iam::{Action, Verb};

/// What a question is about: a verb, or one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// All actions of a verb.
    Verb(Verb),
    /// One action.
    Action(&'static Action),
}

impl Operation {
    /// Reads a verb, or an action of ECR by its full name in any case.
    ///
    /// # Errors
    ///
    /// What is wrong, and what might have been meant.
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
        Err(format!("`{word}` is neither a verb nor an action of ECR: {help}"))
    }

    /// The actions it takes.
    pub fn actions(self) -> Vec<&'static Action> {
        match self {
            Operation::Verb(verb) => verb.actions().collect(),
            Operation::Action(action) => vec![action],
        }
    }

    /// The verb's word, or the action's name.
    pub fn name(self) -> &'static str {
        match self {
            Operation::Verb(verb) => verb.name(),
            Operation::Action(action) => action.name,
        }
    }
}
