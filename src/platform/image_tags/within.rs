//! Whether every tag of a class is also a tag of another one.

use std::collections::{BTreeSet, HashSet};

use crate::platform::Scope;
use crate::platform::image_tags::class::Class;
use crate::platform::image_tags::steps::{PRINTABLE, Set, Step, steps};
use crate::platform::naming::template::{Piece, pieces};

impl Class {
    /// Whether every tag of this class is also a tag of another one, whatever their services are.
    pub(super) fn is_within(&self, other: &Class, scope: &Scope) -> bool {
        is_within(&self.any_service(scope), &other.any_service(scope))
    }

    /// The form of the tags of all services. Two classes with the same form cannot be told apart.
    pub(super) fn any_service(&self, scope: &Scope) -> Vec<Step> {
        let mut form: Vec<Step> = pieces(&self.template)
            .flat_map(|piece| match piece {
                Piece::Placeholder("service") => vec![Step::One(Set::Word), Step::Many(Set::Slug)],
                piece => steps(piece, "", scope),
            })
            .collect();
        form.dedup_by(|next, before| next == before && matches!(next, Step::Many(_)));
        form
    }
}

/// Walks through all texts of `one` at the same time, with all positions in `other` that the text so far can lead to.
fn is_within(one: &[Step], other: &[Step]) -> bool {
    let mut waiting = vec![(0, closure(other, [0]))];
    let mut seen = HashSet::new();
    while let Some((at, others)) = waiting.pop() {
        if !seen.insert((at, others.clone())) {
            continue;
        }
        let Some(step) = one.get(at) else {
            if !others.contains(&other.len()) {
                return false;
            }
            continue;
        };
        if let Step::Many(_) = step {
            waiting.push((at + 1, others.clone()));
        }
        for c in PRINTABLE.filter(|c| step.set().has(*c)) {
            let accepting = others.iter().filter(|j| other.get(**j).is_some_and(|step| step.set().has(c)));
            let next = closure(other, accepting.map(|j| other[*j].after(*j)));
            if next.is_empty() {
                return false;
            }
            waiting.push((step.after(at), next));
        }
    }
    true
}

/// These positions, and those after steps that can be skipped.
fn closure(steps: &[Step], positions: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    let mut closed = BTreeSet::new();
    for mut at in positions {
        while closed.insert(at) && matches!(steps.get(at), Some(Step::Many(_))) {
            at += 1;
        }
    }
    closed
}
