//! A model of IAM: policy documents with values that are only known during the apply, the table of actions, document
//! sizes as AWS counts them, and offline policy evaluation.
//!
//! A [`Document`] is built from [`Statement`]s or read from JSON. Its strings are [`Text`]s, in which a [`Symbol`] can
//! represent a partition, an account, or the ARN of a resource that does not exist yet. [`Bindings`] replace the
//! symbols to write the JSON and to measure it. This room does not depend on the platform spec or on Terraform.

pub mod action;
pub mod arn;
mod condition_key;
pub mod document;
pub mod evaluate;
mod glob;
pub mod openness;
pub mod repository_statement;
pub mod token;
pub mod trust;

pub use action::{AccessLevel, Action, ActionPattern, OUTCOMES, Outcome, ResourceType, Verb};
pub use arn::{Arn, ArnPattern};
pub use condition_key::ConditionKey;
pub use document::{
    Bindings, Comparison, Conditions, Document, Effect, Element, Fault, Given, Operator, Part, PolicyKind, Principal,
    PrincipalKind, Problem, Quantifier, Sid, Statement, Step, Symbol, Text, size,
};
pub use evaluate::{
    Caller, Context, Decision, Request, StatementIndex, Truth, covers_resource, evaluate, evaluate_trust,
};
pub use glob::{matches as matches_pattern, overlaps as patterns_overlap};
pub use token::{Origin, Token};
pub use trust::{ForgeIds, GithubContext, GithubRepository, GithubSubject};
