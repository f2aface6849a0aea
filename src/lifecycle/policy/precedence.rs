//! What earlier rules of a policy leave to a later one, proved from tag lists alone.

use super::Policy;
use super::tags::{TagList, Tags};

/// How a rule stands behind the earlier rules of its storage class; those of the other class see other images.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precedence {
    /// Earlier rules whose tags overlap with its own ([`Tags::overlaps`]), first rule first: what they see is theirs.
    pub takers: Vec<usize>,
    /// Those of them that together see every image it sees, so that it never acts; empty if some image is left to it.
    pub covered_by: Vec<usize>,
}

impl Policy {
    /// How the rule of that index stands behind earlier ones.
    pub fn precedence(&self, rule: usize) -> Precedence {
        let selection = &self.rules[rule].selection;
        let order = self.by_priority();
        let earlier = order.iter().take_while(|&&other| other != rule).copied();
        let earlier = earlier.filter(|&other| {
            let other = &self.rules[other].selection;
            other.criterion.storage_class() == selection.criterion.storage_class()
                && other.tags.overlaps(&selection.tags)
        });
        let takers: Vec<usize> = earlier.collect();
        let including =
            |tags: &Tags| takers.iter().copied().find(|&taker| self.rules[taker].selection.tags.includes(tags));
        let covered_by = match (including(&selection.tags), &selection.tags) {
            (Some(taker), _) => vec![taker],
            // The only way in which several cover what none covers alone (`Tags::includes`).
            (None, Tags::Any) => match (including(&Tags::Tagged(TagList::every())), including(&Tags::Untagged)) {
                (Some(tagged), Some(untagged)) => vec![tagged, untagged],
                _ => Vec::new(),
            },
            (None, Tags::Tagged(_) | Tags::Untagged) => Vec::new(),
        };
        Precedence { takers, covered_by }
    }
    /// The proof that the rule of that index never acts, in a sentence.
    pub fn never_acts(&self, rule: usize) -> Option<String> {
        let number = |rule: &usize| format!("rule {}", self.rules[*rule].priority);
        let takers: Vec<String> = self.precedence(rule).covered_by.iter().map(number).collect();
        let proof = format!("{} never acts: every image it sees belongs to {}", number(&rule), takers.join(" and "));
        (!takers.is_empty()).then_some(proof)
    }
}
