//! What is wrong with a policy document that was read.

use std::fmt;

/// One step from a JSON value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into the object, to the value of this key.
    Key(String),
    /// Into the array, to this item, counted from 0.
    Item(usize),
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is not JSON; holds what the parser says, with line and column.
    NotJson(String),
    /// The value has another type; holds the one that is needed.
    WrongType(&'static str),
    /// A list or an object that must hold something holds nothing.
    Empty,
    /// The policy grammar does not know this key here.
    UnknownKey,
    /// The policy grammar knows the key, but this kind of policy must not have it.
    MisplacedKey,
    /// The object has this key twice.
    RepeatedKey,
    /// One of these keys is needed.
    MissingKey(&'static str),
    /// Only one of these keys may be there.
    ExclusiveKeys(String, String),
    /// `Version` is neither of the two that exist.
    UnknownVersion,
    /// `Effect` is neither `Allow` nor `Deny`, in this spelling.
    UnknownEffect,
    /// A `Sid` may hold ASCII letters and digits only.
    InvalidSid,
    /// An earlier statement has the same `Sid`.
    RepeatedSid,
    /// An action is `*` or `service:Name`, with wildcards in the name only.
    InvalidAction,
    /// The condition operator does not exist.
    UnknownOperator,
    /// A principal is named in full or is `*` alone (and `*` only where AWS principals stand).
    WildcardInPrincipal,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NotJson(message) => write!(f, "not JSON: {message}"),
            Problem::WrongType(needed) => write!(f, "{needed} is needed here"),
            Problem::Empty => f.write_str("this must not be empty"),
            Problem::UnknownKey => f.write_str("the policy grammar knows no such key here"),
            Problem::MisplacedKey => f.write_str("this kind of policy must not have this element"),
            Problem::RepeatedKey => f.write_str("the same key stands here twice"),
            Problem::MissingKey(key) => write!(f, "{key} is missing"),
            Problem::ExclusiveKeys(one, other) => write!(f, "{one} and {other} exclude each other"),
            Problem::UnknownVersion => {
                f.write_str("the version is 2012-10-17 (or, without policy variables, 2008-10-17)")
            }
            Problem::UnknownEffect => f.write_str("the effect is Allow or Deny"),
            Problem::InvalidSid => f.write_str("a Sid holds ASCII letters and digits only"),
            Problem::RepeatedSid => f.write_str("an earlier statement has the same Sid"),
            Problem::InvalidAction => f.write_str("an action is * or service:Name, with wildcards in the name only"),
            Problem::UnknownOperator => f.write_str("there is no such condition operator"),
            Problem::WildcardInPrincipal => f.write_str("a principal is named in full; only a lone * stands for all"),
        }
    }
}

/// One fault of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The way from the top of what was read to the place of the fault.
    pub at: Vec<Step>,
    /// What is wrong there.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    /// The place as in `Statement[0].Condition.StringEquals`, then the problem.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, step) in self.at.iter().enumerate() {
            match step {
                Step::Key(key) if depth == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        let separator = if self.at.is_empty() { "" } else { ": " };
        write!(f, "{separator}{}", self.problem)
    }
}
