//! A lifecycle policy: the rules of one repository.

use super::rule::Rule;

/// A lifecycle policy. The order of `rules` is that of the text; what decides is each rule's priority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its rules; indexes into this list name rules in faults and verdicts.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// Indexes of the rules in the order in which AWS applies them: lowest `rulePriority` first.
    pub fn by_priority(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rules.len()).collect();
        order.sort_by_key(|&index| self.rules[index].priority);
        order
    }
}
