//! Selects the findings to show.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::diagnostic::{Diagnostic, Label, codes};
use crate::source::{Edit, Span};

/// The maximum number of findings shown: more than anyone reads, and few enough to print quickly.
const MOST: usize = 500;

/// The maximum number of equal findings that are shown one by one.
const EQUAL: usize = 10;

/// The number of places that one finding shows for all that are equal to it.
const PLACES: usize = 5;

/// Combines the findings that are the same in several environments, and those that are the same at many places. If more
/// than [`MOST`] are left, keeps the most severe ones in the order of the files, and adds the number of the others.
pub fn shown(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = once_per_kind(once_per_place(findings));
    let more = findings.len().saturating_sub(MOST);
    if more > 0 {
        findings.sort_by_key(|finding| (Reverse(finding.severity), place(finding)));
        findings.truncate(MOST);
        let message = format!(
            "{} not shown",
            if more == 1 { "1 more finding is".into() } else { format!("{more} more findings are") }
        );
        findings.push(
            Diagnostic::without_place(&codes::TOO_MANY_FINDINGS, message)
                .help("fix the findings above, then run again"),
        );
    }
    findings
}

fn place(finding: &Diagnostic) -> Option<Span> {
    finding.labels.first().map(|label| label.span)
}

/// One finding for all environments: what is outside of `environments` is checked in each of them.
fn once_per_place(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let firsts = numbered(&findings, |finding| (finding.code.name, &finding.message, &finding.labels));
    let mut environments: HashMap<usize, Vec<String>> = HashMap::new();
    for (finding, first) in findings.iter().zip(&firsts) {
        for name in finding.environments() {
            let names = environments.entry(*first).or_default();
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    let mut at = 0;
    findings.retain_mut(|finding| {
        if let (Some(spread), Some(names)) = (&mut finding.spread, environments.get(&firsts[at])) {
            spread.environments.clone_from(names);
        }
        at += 1;
        firsts[at - 1] == at - 1
    });
    findings
}

/// One finding for all places, if there are many. An edit that fixes it fixes all of them.
fn once_per_kind(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let firsts = numbered(&findings, |finding| {
        (finding.severity, finding.code.name, &finding.message, &finding.help, finding.environments())
    });
    let mut counts: HashMap<usize, usize> = HashMap::new();
    firsts.iter().for_each(|first| *counts.entry(*first).or_default() += 1);
    let mut kinds: HashMap<usize, Kind> = HashMap::new();
    let mut shown = Vec::new();
    for (finding, first) in findings.into_iter().zip(firsts) {
        match (counts[&first] > EQUAL, kinds.get_mut(&first)) {
            (false, _) => shown.push(finding),
            (true, Some(kind)) => kind.add(finding),
            (true, None) => drop(kinds.insert(first, Kind { first: finding, places: Vec::new(), edits: Vec::new() })),
        }
    }
    let mut kinds: Vec<(usize, Kind)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(first, _)| *first);
    shown.extend(kinds.into_iter().map(|(_, kind)| kind.fold()));
    shown
}

/// Equal findings: the one with the first place, and the places and edits of the others.
struct Kind {
    first: Diagnostic,
    places: Vec<Option<Span>>,
    edits: Vec<Edit>,
}

impl Kind {
    fn add(&mut self, mut other: Diagnostic) {
        if place(&other) < place(&self.first) {
            std::mem::swap(&mut self.first, &mut other);
        }
        self.places.push(place(&other));
        self.edits.extend(other.suggestion.into_iter().flat_map(|fix| fix.edits));
    }

    fn fold(self) -> Diagnostic {
        let Kind { mut first, mut places, edits } = self;
        places.sort_unstable();
        let labeled: Vec<Span> = places.iter().flatten().take(PLACES - 1).copied().collect();
        first.spread.get_or_insert_default().more = places.len() - labeled.len();
        first.labels.extend(labeled.into_iter().map(|span| Label { span, text: "the same here".into() }));
        if let Some(fix) = &mut first.suggestion {
            fix.edits.extend(edits);
        }
        first
    }
}

/// For each finding, the position of the first one with an equal key. Compares fingerprints, because there can be a million
/// findings, and copies of their keys would take too much memory.
fn numbered<'f, K: Hash>(findings: &'f [Diagnostic], key: impl Fn(&'f Diagnostic) -> K) -> Vec<usize> {
    let mut firsts: HashMap<u64, usize> = HashMap::new();
    let number = |(at, finding)| {
        let mut hasher = DefaultHasher::new();
        key(finding).hash(&mut hasher);
        *firsts.entry(hasher.finish()).or_insert(at)
    };
    findings.iter().enumerate().map(number).collect()
}
