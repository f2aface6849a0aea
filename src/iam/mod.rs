//! IAM by itself: documents whose text may hold what only the apply knows, the table of actions, sizes as AWS counts
//! them, and an offline judge of who is let in.
//!
//! A [`Document`] is built from [`Statement`]s or read from JSON; its strings are [`Text`]s, so that a partition, an
//! account or the ARN of a thing not made yet can stand in them as a [`Symbol`]. [`Bindings`] replace the symbols, to
//! write the JSON and to measure it. Nothing here knows of a platform spec or of Terraform.

pub mod action;
pub mod arn;
pub mod bindings;
pub mod document;
pub mod evaluate;
pub mod fault;
pub mod github_subject;
mod glob;
mod json;
pub mod kind;
pub mod openness;
pub mod operator;
pub mod principal;
mod reader;
pub mod repository_statement;
pub mod size;
pub mod statement;
pub mod text;
pub mod trust;
pub mod verb;

pub use action::{AccessLevel, Action, ActionPattern, ResourceType};
pub use arn::{Arn, ArnPattern};
pub use bindings::Bindings;
pub use document::Document;
pub use evaluate::{Caller, Context, Decision, Place, Request, covers_resource, evaluate, evaluate_trust};
pub use fault::{Fault, Problem, Step};
pub use github_subject::{ForgeIds, GithubContext, GithubRepository, GithubSubject};
pub use kind::PolicyKind;
pub use operator::{Comparison, Operator, Quantifier};
pub use principal::{Principal, PrincipalKind};
pub use statement::{Conditions, Effect, Scope, Sid, Statement};
pub use text::{Part, Symbol, Text};
pub use verb::Verb;
