//! ECR lifecycle policies: their rules, their JSON, AWS's constraints, and what a policy does to images.
//!
//! [`Policy::from_json`] reads a [`Policy`] and checks its grammar, and [`check`] checks AWS's other constraints.
//! [`evaluate()`] computes what one run of the policy does to an inventory. [`foresee`] also computes what later runs
//! will do if nothing is pushed or pulled anymore. [`Runs`] runs a policy again and again on images that change.
//!
//! Sources, from the Amazon ECR User Guide: "Automate the cleanup of images by using lifecycle policies" (semantics),
//! "Lifecycle policy properties" (grammar), "Examples of lifecycle policies".

mod evaluate;
mod policy;

pub use evaluate::{Doubt, Forecast, Image, Outcome, Runs, Storage, Tie, Verdict, evaluate, foresee};
pub(crate) use policy::{ARCHIVE_DAYS_TOO_FEW, TOO_MANY_RULES, TOO_MANY_WILDCARDS};
pub use policy::{
    Action, Constraint, Criterion, Fault, Pattern, Policy, Precedence, Prefix, Rule, Selection, StorageClass, TagList,
    Tags, TooManyWildcards, check, constraints,
};
