//! The ECR lifecycle language by itself: policies, their JSON, AWS's constraints, and what a policy does to images.
//!
//! A [`Policy`] is read with [`Policy::from_json`] (grammar) and judged with [`check`] (sense); [`evaluate()`] says what one
//! run of it does to an inventory, [`foresee`] also what it will do if nothing is pushed or pulled any more.
//!
//! Pages of the Amazon ECR User Guide: "Automate the cleanup of images by using lifecycle policies" (semantics),
//! "Lifecycle policy properties" (grammar), "Examples of lifecycle policies".

mod evaluate;
mod policy;

pub use evaluate::{Doubt, Forecast, Image, Outcome, Storage, Tie, Verdict, evaluate, foresee};
pub(crate) use policy::TOO_MANY_WILDCARDS;
pub use policy::{
    Action, CONSTRAINTS, Constraint, Criterion, Fault, Pattern, Policy, Precedence, Prefix, Rule, Selection,
    StorageClass, TagList, Tags, TooManyWildcards, check,
};
