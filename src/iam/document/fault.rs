//! Errors in a policy document.

use std::fmt;

/// One step from a JSON value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into an object, to the value of this key.
    Key(String),
    /// Into an array, to the item at this index, counted from 0.
    Item(usize),
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is not JSON. Contains the message of the parser, with line and column.
    NotJson(String),
    /// The value has the wrong type. Contains the expected type.
    WrongType(&'static str),
    /// A list or an object is empty, but must not be.
    Empty,
    /// The policy grammar has no such key at this place.
    UnknownKey,
    /// The policy grammar has this key, but this kind of policy must not use it.
    MisplacedKey,
    /// The object has this key more than once.
    RepeatedKey,
    /// This key, or its `Not` form, is missing.
    MissingKey(&'static str),
    /// Both keys are present, but only one of them is allowed.
    ExclusiveKeys(String, String),
    /// `Version` is not one of the two existing versions.
    UnknownVersion,
    /// `Effect` is neither `Allow` nor `Deny` (case-sensitive).
    UnknownEffect,
    /// The `Sid` contains something other than ASCII letters and digits; in a repository policy, also spaces and colons.
    InvalidSid,
    /// An earlier statement has the same `Sid`.
    RepeatedSid,
    /// The action is neither `*` nor `service:Name` with wildcards only in the name.
    InvalidAction,
    /// The condition operator does not exist.
    UnknownOperator,
    /// The principal contains a wildcard, but is not a single `*` in a list of `AWS` principals.
    WildcardInPrincipal,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NotJson(message) => write!(f, "not JSON: {message}"),
            Problem::WrongType(needed) => write!(f, "expected {needed}"),
            Problem::Empty => f.write_str("this must not be empty"),
            Problem::UnknownKey => f.write_str("IAM policies have no such key here"),
            Problem::MisplacedKey => f.write_str("this element is not allowed in this kind of policy"),
            Problem::RepeatedKey => f.write_str("the key appears more than once"),
            Problem::MissingKey(key) => write!(f, "`{key}` is missing"),
            Problem::ExclusiveKeys(one, other) => write!(f, "`{one}` and `{other}` cannot be used together"),
            Problem::UnknownVersion => {
                f.write_str("the version must be `2012-10-17`, or `2008-10-17` if the policy has no variables")
            }
            Problem::UnknownEffect => f.write_str("the effect must be `Allow` or `Deny`"),
            Problem::InvalidSid => f.write_str(
                "a `Sid` can only contain ASCII letters and digits, and in a repository policy also spaces and colons",
            ),
            Problem::RepeatedSid => f.write_str("an earlier statement has the same `Sid`"),
            Problem::InvalidAction => {
                f.write_str("an action must be `*` or `service:Name`, with wildcards only in the name")
            }
            Problem::UnknownOperator => f.write_str("unknown condition operator"),
            Problem::WildcardInPrincipal => {
                f.write_str("a principal cannot contain a wildcard, unless it is a single `*`")
            }
        }
    }
}

/// One error in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path from the top of the JSON to the place of the error.
    pub at: Vec<Step>,
    /// What is wrong there.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    /// Writes the place, for example `Statement[0].Condition.StringEquals`, then the problem.
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
