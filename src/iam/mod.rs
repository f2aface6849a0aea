//! IAM by itself: documents whose text may hold what only the apply knows, the table of actions, sizes as AWS counts
//! them, and an offline judge of who is let in.
//!
//! A [`Document`] is built from [`Statement`]s or read from JSON; its strings are [`Text`]s, so that a partition, an
//! account or the ARN of a thing not made yet can stand in them as a [`Symbol`]. [`Bindings`] replace the symbols, to
//! write the JSON and to measure it. Nothing here knows of a platform spec or of Terraform.

pub mod action;
pub mod arn;
pub mod document;
pub mod evaluate;
mod glob;
pub mod openness;
pub mod repository_statement;
pub mod trust;

pub use action::{AccessLevel, Action, ActionPattern, ResourceType, Verb};
pub use arn::{Arn, ArnPattern};
pub use document::{
    Bindings, Comparison, Conditions, Document, Effect, Element, Fault, Operator, Part, PolicyKind, Principal,
    PrincipalKind, Problem, Quantifier, Sid, Statement, Step, Symbol, Text, size,
};
pub use evaluate::{Caller, Context, Decision, Request, StatementIndex, covers_resource, evaluate, evaluate_trust};
pub use trust::{ForgeIds, GithubContext, GithubRepository, GithubSubject};
