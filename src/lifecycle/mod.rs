//! The ECR lifecycle language by itself: policies, their JSON, AWS's constraints, and what a policy does to images.
//!
//! A [`Policy`] is read with [`Policy::from_json`] (grammar) and judged with [`check`] (sense); [`evaluate`] says what one
//! run of it does to an inventory, [`when`] what it will do if nothing is pushed or pulled any more, [`foresee`] both.
//!
//! Pages of the Amazon ECR User Guide: "Automate the cleanup of images by using lifecycle policies" (semantics),
//! "Lifecycle policy properties" (grammar), "Examples of lifecycle policies".

mod candidate;
mod constraint;
mod constraints;
mod count_boundary;
mod evaluate;
mod fault;
mod forecast;
mod image;
mod json;
mod matching;
mod pattern;
mod policy;
mod precedence;
mod reader;
mod references;
mod rule;
mod tags;
mod trie;
mod verdict;

pub(crate) use constraint::TOO_MANY_WILDCARDS;
pub use constraint::{Constraint, constraints};
pub use constraints::check;
pub use evaluate::evaluate;
pub use fault::Fault;
pub use forecast::{Forecast, foresee, when};
pub use image::{Image, Storage};
pub use pattern::{Pattern, Prefix, TooManyWildcards};
pub use policy::Policy;
pub use precedence::Precedence;
pub use rule::{Action, Clock, Rule, Selection, StorageClass};
pub use tags::{TagList, Tags};
pub use verdict::{Doubt, Outcome, Tie, Verdict};
