//! Which images earlier rules leave for a later one, derived from the tag lists alone.

use super::Policy;
use super::tags::{TagList, Tags};

/// How the earlier rules of the same storage class affect a rule. Rules of the other class match other images.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precedence {
    /// Earlier rules whose tags overlap with this rule's ([`Tags::overlaps`]), first rule first. The images that they
    /// match belong to them.
    pub takers: Vec<usize>,
    /// The `takers` that together match every image that this rule matches, so that it never acts. Empty if an image
    /// may be left for it.
    pub covered_by: Vec<usize>,
}

impl Policy {
    /// How earlier rules affect the rule with this index.
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
            // The only case in which several rules cover what none of them covers alone (`Tags::includes`).
            (None, Tags::Any) => match (including(&Tags::Tagged(TagList::every())), including(&Tags::Untagged)) {
                (Some(tagged), Some(untagged)) => vec![tagged, untagged],
                _ => Vec::new(),
            },
            (None, Tags::Tagged(_) | Tags::Untagged) => Vec::new(),
        };
        Precedence { takers, covered_by }
    }

    /// Explains in a sentence why the rule with this index never acts. `None` if it may act.
    pub fn never_acts(&self, rule: usize) -> Option<String> {
        let number = |rule: &usize| format!("rule {}", self.rules[*rule].priority);
        let takers: Vec<String> = self.precedence(rule).covered_by.iter().map(number).collect();
        let proof =
            format!("{} never acts: every image that it matches belongs to {}", number(&rule), takers.join(" or "));
        (!takers.is_empty()).then_some(proof)
    }
}
