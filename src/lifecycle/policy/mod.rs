//! A lifecycle policy: the rules of one repository, their JSON, and AWS's constraints on them.

mod constraint;
mod constraints;
mod fault;
mod json;
mod missing;
mod pattern;
mod precedence;
mod reader;
mod rule;
mod tags;

pub(crate) use constraint::{ARCHIVE_DAYS_TOO_FEW, TOO_MANY_RULES, TOO_MANY_WILDCARDS};
pub use constraint::{Constraint, constraints};
pub use constraints::check;
pub use fault::Fault;
pub(super) use pattern::Shape;
pub use pattern::{Pattern, Prefix, TooManyWildcards};
pub use precedence::Precedence;
pub use rule::{Action, Criterion, Rule, Selection, StorageClass};
pub use tags::{TagList, Tags};

/// A lifecycle policy. `rules` are in the order of the text. AWS applies them in the order of their priorities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its rules. Faults and verdicts refer to a rule by its index in this list.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// Indexes of the rules in the order in which AWS applies them, lowest `rulePriority` first.
    pub fn by_priority(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rules.len()).collect();
        order.sort_by_key(|&index| self.rules[index].priority);
        order
    }
}
