//! Two policies over the same images.

use super::run::Simulation;
use crate::lifecycle::{Image, Outcome};

/// Where one run differs from another over the same images.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Digests that go in this run only.
    pub more: Vec<Change>,
    /// Digests that go in the other run only.
    pub fewer: Vec<Change>,
    /// Digests that go in both, but here to the archive and there for good, or the reverse.
    pub otherwise: Vec<Change>,
}

/// An image on which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its digest.
    pub digest: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// What becomes of it in the run where it goes, or in this one.
    pub outcome: Outcome,
    /// Whether it is in use.
    pub in_use: bool,
}

impl Comparison {
    /// Compares; both runs have to be over the same images.
    pub fn of(this: &Simulation<'_>, other: &Simulation<'_>) -> Comparison {
        let mut comparison = Comparison::default();
        for ((image, here), there) in this.images.iter().zip(&this.fates).zip(&other.fates) {
            let change = |outcome| change(image, outcome, !here.used_by.is_empty());
            match (here.goes(), there.goes()) {
                (true, false) => comparison.more.push(change(here.outcome)),
                (false, true) => comparison.fewer.push(change(there.outcome)),
                (true, true) if here.outcome != there.outcome => comparison.otherwise.push(change(here.outcome)),
                _ => {}
            }
        }
        comparison
    }

    /// The difference in a sentence, for example `expires 41 more, 2 of them in use`.
    pub fn sentence(&self) -> String {
        let parts: Vec<String> = [
            phrase("expires", "more", &self.more, Outcome::Expired),
            phrase("archives", "more", &self.more, Outcome::Archived),
            phrase("expires", "fewer", &self.fewer, Outcome::Expired),
            phrase("archives", "fewer", &self.fewer, Outcome::Archived),
            phrase("expires", "that it would archive", &self.otherwise, Outcome::Expired),
            phrase("archives", "that it would expire", &self.otherwise, Outcome::Archived),
        ]
        .into_iter()
        .flatten()
        .collect();
        match parts.is_empty() {
            true => "does the same to every image".into(),
            false => parts.join("; "),
        }
    }
}

fn change(image: &Image, outcome: Outcome, in_use: bool) -> Change {
    Change { digest: image.digest.clone(), tags: image.tags.clone(), outcome, in_use }
}

fn phrase(verb: &str, how: &str, changes: &[Change], outcome: Outcome) -> Option<String> {
    let count = changes.iter().filter(|change| change.outcome == outcome).count();
    let in_use = changes.iter().filter(|change| change.outcome == outcome && change.in_use).count();
    let used = if in_use > 0 { format!(", {in_use} of them in use") } else { String::new() };
    (count > 0).then(|| format!("{verb} {count} {how}{used}"))
}
