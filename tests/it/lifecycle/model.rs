//! A second evaluator, word by word from AWS's prose and without any thought of speed.

use ecrgen::lifecycle::{Action, Criterion, Image, Outcome, Policy, Rule, Storage, StorageClass, TagList, Tags};
use ecrgen::time::Time;

/// How to read AWS's prose where it is silent.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// Manifests listed by image indexes, and referrers, are images for `imageCountMoreThan`.
    pub dependents_count: bool,
    /// A restored image is as old as its restoring.
    pub restoring_restarts_age: bool,
    /// What an archived image index lists does not expire before it.
    pub archived_index_holds: bool,
    /// A rule can act on a referrer whose subject stays.
    pub referrers_alone: bool,
    /// Untagged images are listed by the image indexes of which we do not know what they list.
    pub untagged_are_listed: bool,
    /// Decides between images pushed in the same second; 0: by digest.
    pub ties: u64,
}

/// The reading that the library follows.
pub const OURS: Reading = Reading {
    dependents_count: true,
    restoring_restarts_age: true,
    archived_index_holds: true,
    referrers_alone: false,
    untagged_are_listed: false,
    ties: 0,
};

/// What happens to an image: outcome, rule that acts, rule that identified it first.
pub type Fate = (Outcome, Option<usize>, Option<usize>);

/// Runs the policy once.
pub fn run(policy: &Policy, images: &[Image], at: Time, reading: Reading) -> Vec<Fate> {
    // First every rule by itself, as if there were no other.
    let identified: Vec<Vec<usize>> = policy.rules.iter().map(|rule| identify(rule, images)).collect();
    let marked: Vec<Vec<usize>> =
        policy.rules.iter().zip(&identified).map(|(rule, seen)| mark(rule, seen, images, at, reading)).collect();
    // Then they are applied, the lowest number first: an image belongs to the first rule that identified it.
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
        if held(i, fate.0, images, reading) {
            *fate = (Outcome::Kept, None, fate.2);
        }
    }
    // As often as a chain of referrers can be long.
    for _ in images {
        for (i, subject) in (0..images.len()).filter_map(|i| subject(i, images).map(|subject| (i, subject))) {
            if fates[subject].0 != Outcome::Kept || !reading.referrers_alone {
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
        .filter(|&i| sees(&rule.selection.tags, &images[i].tags))
        .collect()
}

/// Whether the tagging requirement of a rule is met.
pub fn sees(requirement: &Tags, tags: &[String]) -> bool {
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

/// `*` is zero or more characters.
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
    match rule.selection.criterion {
        Criterion::CountMoreThan(keep) => {
            let counts = |i: &usize| reading.dependents_count || !depends(*i, images, reading);
            let mut counted: Vec<usize> = seen.iter().copied().filter(counts).collect();
            counted.sort_by_key(|&i| (-ordering_time(&images[i]), tie(&images[i], reading)));
            counted.into_iter().skip(keep.get() as usize).collect()
        }
        Criterion::SincePushed { days } => {
            let pushed =
                |i: usize| if reading.restoring_restarts_age { ordering_time(&images[i]) } else { images[i].pushed.0 };
            seen.iter().copied().filter(|&i| older(pushed(i), days.get())).collect()
        }
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

/// The push; for an image that was archived and restored, the restoring.
fn ordering_time(image: &Image) -> i64 {
    match image.storage {
        Storage::Standard { activated_at: Some(activated) } => activated.0,
        _ => image.pushed.0,
    }
}

/// The last pull; restored and not pulled since: the activation; never pulled: the push.
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

/// What a referrer refers to. One that an index lists is that index's business.
pub fn subject(i: usize, images: &[Image]) -> Option<usize> {
    let subject = images[i].subject.as_ref()?;
    images.iter().position(|image| image.digest == *subject).filter(|_| indexes(i, images).is_empty())
}

fn depends(i: usize, images: &[Image], reading: Reading) -> bool {
    !indexes(i, images).is_empty() || subject(i, images).is_some() || listed_unbeknown(i, images, reading)
}

fn listed_unbeknown(i: usize, images: &[Image], reading: Reading) -> bool {
    let unlisted = |image: &Image| image.children.is_empty() && image.media_type.as_deref() == Some(INDEX);
    reading.untagged_are_listed && images[i].tags.is_empty() && images.iter().any(unlisted)
}

/// The media type of an image index.
pub const INDEX: &str = "application/vnd.oci.image.index.v1+json";

/// What an image index lists has to wait until the index itself is expired or archived.
fn held(i: usize, outcome: Outcome, images: &[Image], reading: Reading) -> bool {
    let holds = |parent: usize| match (images[parent].storage_class(), outcome) {
        (StorageClass::Standard, _) => true,
        (StorageClass::Archive, Outcome::Expired) => reading.archived_index_holds,
        (StorageClass::Archive, _) => false,
    };
    indexes(i, images).into_iter().any(holds) || listed_unbeknown(i, images, reading)
}
