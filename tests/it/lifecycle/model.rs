//! A second evaluator that follows AWS's documentation literally and ignores speed.

use ecrgen::lifecycle::{Action, Criterion, Image, Outcome, Policy, Rule, Storage, StorageClass, TagList, Tags};
use ecrgen::time::Time;

/// How to read AWS's documentation where it is unclear.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// `imageCountMoreThan` counts referrers and the manifests that image indexes list.
    pub dependents_count: bool,
    /// The age of a restored image, and its place in a count, start when it is restored.
    pub restoring_restarts_age: bool,
    /// The images that an archived image index lists do not expire before the index, instead of a day after it was archived.
    pub archived_index_holds: bool,
    /// A rule can act on a referrer whose subject is kept.
    pub referrers_alone: bool,
    /// Untagged images belong to the image indexes without a list of manifests.
    pub untagged_are_listed: bool,
    /// Seed for the order of images that were pushed in the same second. 0 orders them by digest.
    pub ties: u64,
}

/// The reading that the library follows.
pub const LIBRARY: Reading = Reading {
    dependents_count: true,
    restoring_restarts_age: true,
    archived_index_holds: false,
    referrers_alone: false,
    untagged_are_listed: false,
    ties: 0,
};

/// What happens to an image: the outcome, the rule that acts, and the rule that identified it first.
pub type Fate = (Outcome, Option<usize>, Option<usize>);

/// Runs the policy once.
pub fn run(policy: &Policy, images: &[Image], at: Time, reading: Reading) -> Vec<Fate> {
    // First, each rule on its own, as if there were no other rules.
    let identified: Vec<Vec<usize>> = policy.rules.iter().map(|rule| identify(rule, images)).collect();
    let marked: Vec<Vec<usize>> =
        policy.rules.iter().zip(&identified).map(|(rule, seen)| mark(rule, seen, images, at, reading)).collect();
    // Then the rules are applied, lowest number first. An image belongs to the first rule that identified it.
    let mut order: Vec<usize> = (0..policy.rules.len()).collect();
    order.sort_by_key(|&rule| policy.rules[rule].priority);
    let mut fates: Vec<Fate> = vec![(Outcome::Kept, None, None); images.len()];
    for rule in order {
        for &image in &identified[rule] {
            if fates[image].2.is_none() {
                let outcome = match policy.rules[rule].action {
                    Action::Expire => Outcome::Expired,
                    Action::TransitionToArchive => Outcome::Archived,
                };
                fates[image] = match marked[rule].contains(&image) {
                    true => (outcome, Some(rule), Some(rule)),
                    false => (Outcome::Kept, None, Some(rule)),
                };
            }
        }
    }
    for (i, fate) in fates.iter_mut().enumerate() {
        if held(i, fate.0, images, at, reading) {
            *fate = (Outcome::Kept, None, fate.2);
        }
    }
    // A chain of referrers is at most as long as the inventory.
    for _ in images {
        for (i, subject) in (0..images.len()).filter_map(|i| subject(i, images).map(|subject| (i, subject))) {
            let archive = |i: usize| images[i].storage_class() == StorageClass::Archive;
            let late = fates[subject].0 == Outcome::Kept && archive(subject) && !archive(i);
            if late && !(reading.referrers_alone && fates[i].0 == Outcome::Expired) {
                fates[i] = (Outcome::Archived, None, fates[i].2);
            } else if fates[subject].0 != Outcome::Kept || !reading.referrers_alone {
                fates[i] = (fates[subject].0, fates[subject].1, fates[i].2);
            }
        }
    }
    fates
}

fn identify(rule: &Rule, images: &[Image]) -> Vec<usize> {
    let archive = matches!(rule.selection.criterion, Criterion::SinceTransitioned { .. });
    (0..images.len())
        .filter(|&i| (images[i].storage_class() == StorageClass::Archive) == archive)
        .filter(|&i| tags_match(&rule.selection.tags, &images[i].tags))
        .collect()
}

/// Whether an image with these tags meets the tagging requirement of a rule.
pub fn tags_match(requirement: &Tags, tags: &[String]) -> bool {
    match requirement {
        Tags::Any => true,
        Tags::Untagged => tags.is_empty(),
        Tags::Tagged(TagList::Patterns(patterns)) => {
            let mut all = !patterns.is_empty();
            for pattern in patterns {
                all &= tags.iter().any(|tag| glob(pattern.as_str().as_bytes(), tag.as_bytes()));
            }
            all
        }
        Tags::Tagged(TagList::Prefixes(prefixes)) => {
            let mut all = !prefixes.is_empty();
            for prefix in prefixes {
                all &= tags
                    .iter()
                    .any(|tag| tag.len() >= prefix.as_str().len() && tag[..prefix.as_str().len()] == *prefix.as_str());
            }
            all
        }
    }
}

/// Matches a pattern in which `*` stands for zero or more characters.
pub fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*', rest @ ..], _) if glob(rest, text) => true,
        ([b'*', ..], [_, text @ ..]) => glob(pattern, text),
        ([a, pattern @ ..], [b, text @ ..]) if a == b => glob(pattern, text),
        _ => false,
    }
}

fn mark(rule: &Rule, seen: &[usize], images: &[Image], at: Time, reading: Reading) -> Vec<usize> {
    let older = |since: i64, days: u32| at.0 - since > i64::from(days) * 24 * 60 * 60;
    let pushed = |i: usize| match reading.restoring_restarts_age {
        true => ordering_time(&images[i]),
        false => images[i].pushed.0,
    };
    match rule.selection.criterion {
        Criterion::CountMoreThan(keep) => {
            let counts = |i: &usize| reading.dependents_count || !depends(*i, images, reading);
            let mut counted: Vec<usize> = seen.iter().copied().filter(counts).collect();
            counted.sort_by_key(|&i| (-pushed(i), tie(&images[i], reading)));
            counted.into_iter().skip(keep.get() as usize).collect()
        }
        Criterion::SincePushed { days } => seen.iter().copied().filter(|&i| older(pushed(i), days.get())).collect(),
        Criterion::SincePulled { days } => {
            seen.iter().copied().filter(|&i| older(pulled(&images[i]), days.get())).collect()
        }
        Criterion::SinceTransitioned { days } => seen
            .iter()
            .copied()
            .filter(|&i| match images[i].storage {
                Storage::Archive { archived_at } => older(archived_at.0, days.get()),
                Storage::Standard { .. } => false,
            })
            .collect(),
    }
}

/// When the image was pushed, or when it was restored from the archive.
fn ordering_time(image: &Image) -> i64 {
    match image.storage {
        Storage::Standard { activated_at: Some(activated) } => activated.0,
        _ => image.pushed.0,
    }
}

/// When the image was last pulled or restored, or else when it was pushed.
fn pulled(image: &Image) -> i64 {
    match (image.storage, image.pulled) {
        (Storage::Standard { activated_at: Some(activated) }, Some(pulled)) if pulled > activated => pulled.0,
        (Storage::Standard { activated_at: Some(activated) }, _) => activated.0,
        (_, Some(pulled)) => pulled.0,
        (_, None) => image.pushed.0,
    }
}

fn tie(image: &Image, reading: Reading) -> (u64, String) {
    let mix = image
        .digest
        .bytes()
        .fold(reading.ties, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3) >> 1);
    (if reading.ties == 0 { 0 } else { mix }, image.digest.clone())
}

/// The image indexes that list an image.
pub fn indexes(i: usize, images: &[Image]) -> Vec<usize> {
    (0..images.len()).filter(|&parent| images[parent].children.contains(&images[i].digest)).collect()
}

/// The subject of a referrer. None for a referrer that an image index lists.
pub fn subject(i: usize, images: &[Image]) -> Option<usize> {
    let subject = images[i].subject.as_ref()?;
    images.iter().position(|image| image.digest == *subject).filter(|_| indexes(i, images).is_empty())
}

fn depends(i: usize, images: &[Image], reading: Reading) -> bool {
    !indexes(i, images).is_empty() || subject(i, images).is_some() || may_be_listed(i, images, reading)
}

fn may_be_listed(i: usize, images: &[Image], reading: Reading) -> bool {
    let unlisted = |image: &Image| image.children.is_empty() && image.media_type.as_deref() == Some(INDEX);
    reading.untagged_are_listed && images[i].tags.is_empty() && images.iter().any(unlisted)
}

/// The media type of an image index.
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// Whether an image must wait until the image indexes that list it are expired or archived.
fn held(i: usize, outcome: Outcome, images: &[Image], at: Time, reading: Reading) -> bool {
    let holds = |parent: usize| match (images[parent].storage, outcome) {
        (Storage::Standard { .. }, _) => true,
        (Storage::Archive { archived_at }, Outcome::Expired) => {
            reading.archived_index_holds || at.0 - archived_at.0 < 24 * 60 * 60
        }
        (Storage::Archive { .. }, _) => false,
    };
    indexes(i, images).into_iter().any(holds) || may_be_listed(i, images, reading)
}
